using System.Diagnostics;
using IndicatorCore.Errors;
using IndicatorCore.Portal.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace IndicatorCore.Portal.Serving;

/// <summary>What all endpoints of the portal have in common: headers, problems instead of exceptions, measurements.</summary>
/// <param name="metrics">Takes measurements.</param>
/// <param name="logger">Takes faults of the server.</param>
internal sealed partial class PortalFilter(PortalMetrics metrics, ILogger<PortalFilter> logger)
{
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Answers a request.</summary>
    public async Task<IResult> RunAsync(HttpContext context, Func<Task> answer)
    {
        var started = Stopwatch.GetTimestamp();
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await answer();
            status = context.Response.StatusCode;
            return Results.Empty;
        }
        catch (Exception problem) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                status = StatusCodes.Status499ClientClosedRequest;
                return Results.StatusCode(status);
            }

            (status, var detail, var parameter) = Describe(problem);
            if (status == StatusCodes.Status500InternalServerError)
            {
                Failed(problem, context.Request.Path.Value ?? string.Empty);
            }

            headers.Remove("ETag");
            headers.Remove("Content-Disposition");
            headers.CacheControl = "no-store";
            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                headers.RetryAfter = "5";
            }

            return Results.Problem(detail, statusCode: status, extensions: parameter is null ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { ["parameter"] = parameter });
        }
        catch (Exception problem)
        {
            // half an answer is cut off, so that nobody takes it for a whole one
            if (!context.RequestAborted.IsCancellationRequested)
            {
                Failed(problem, context.Request.Path.Value ?? string.Empty);
            }

            context.Abort();
            return Results.Empty;
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "other";
            metrics.Requests.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new("route", route), new("status", status));
            if (status >= StatusCodes.Status400BadRequest)
            {
                metrics.Errors.Add(1, new("route", route), new("status", status));
            }
        }
    }

    /// <summary>The words of a fault of data, without the file that it lies in.</summary>
    public static string Words(IndicatorDataException fault)
    {
        var place = (fault.Location with { File = null }).ToString();
        return $"{fault.Problem}{(place.Length == 0 ? string.Empty : $" ({place})")}{(fault.Advice is null ? string.Empty : $". {fault.Advice}")}";
    }

    private static (int Status, string Detail, string? Parameter) Describe(Exception problem) => problem switch
    {
        ProblemException known => (known.Status, known.Message, known.Parameter),
        BadHttpRequestException bad => (bad.StatusCode, "The request cannot be read: it ends early, or is larger or slower than may be.", null),
        PublicationConflictException => (StatusCodes.Status409Conflict, "Others have published at the same time again and again: send it again.", null),
        StoreUnavailableException => (StatusCodes.Status503ServiceUnavailable, "The store does not answer now: send it again later.", null),
        LimitExceededException limit => (StatusCodes.Status413PayloadTooLarge, Words(limit), null),
        StateMismatchException or ConfigurationException => (StatusCodes.Status409Conflict, Words((IndicatorDataException)problem), null),
        IndicatorDataException fault => (StatusCodes.Status422UnprocessableEntity, Words(fault), null),
        _ => (StatusCodes.Status500InternalServerError, "The server has failed at this; its log says why.", null),
    };

    [LoggerMessage(LogLevel.Error, "A request for {Path} failed")]
    private partial void Failed(Exception problem, string path);
}
