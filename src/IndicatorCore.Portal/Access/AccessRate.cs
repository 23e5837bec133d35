using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace IndicatorCore.Portal.Access;

/// <summary>How often each caller may ask: a bucket of tokens a key.</summary>
internal sealed class AccessRate : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter;

    public AccessRate(IOptions<PortalAccessOptions> options)
    {
        var limits = new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(options.Value.Burst, options.Value.RequestsPerSecond),
            TokensPerPeriod = options.Value.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        };
        _limiter = PartitionedRateLimiter.Create<string, string>(caller => caller == LoopbackCaller.Partition
            ? RateLimitPartition.GetNoLimiter(caller)
            : RateLimitPartition.GetTokenBucketLimiter(caller, _ => limits));
    }

    /// <summary>Passes a request on, or refuses it with 429.</summary>
    public async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var caller = context.User.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? context.User.Identity?.Name;
        using var lease = _limiter.AttemptAcquire($"{context.User.Identity?.AuthenticationType}/{caller}");
        if (lease.IsAcquired)
        {
            return await next(invocation);
        }

        context.Response.Headers.RetryAfter = "1";
        return Results.Problem("This access key sends more requests than it may; wait a second.", statusCode: StatusCodes.Status429TooManyRequests);
    }

    public void Dispose() => _limiter.Dispose();
}
