using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IndicatorCore.Portal.Access;

/// <summary>Puts the audit before everything else of the host, so that refusals and faults are seen too.</summary>
internal sealed class AuditFilter : IStartupFilter
{
    private readonly AuditLog _log;
    private readonly TimeProvider _time;

    public AuditFilter(AuditLog log, TimeProvider time)
    {
        _log = log;
        _time = time;
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => builder =>
    {
        builder.Use(AuditAsync);
        next(builder);
    };

    private async Task AuditAsync(HttpContext context, RequestDelegate next)
    {
        var feature = new AuditedFeature();
        context.Features.Set<IEndpointFeature>(feature);
        var at = _time.GetUtcNow();
        var started = _time.GetTimestamp();
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted ? StatusCodes.Status499ClientClosedRequest : context.Response.StatusCode;
        }
        finally
        {
            if (feature.IsAudited)
            {
                await _log.AddAsync(AuditEntry.Write(context, at, _time.GetElapsedTime(started), status));
            }
        }
    }
}
