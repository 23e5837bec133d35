using System.Text;
using System.Text.Json.Nodes;
using IndicatorCore.Portal.Access;
using IndicatorCore.Portal.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IndicatorCore.Portal.Serving;

/// <summary>The portal's endpoints, as docs/PORTAL.md has them.</summary>
public static class PortalEndpoints
{
    private const int MostAlerts = 1000;

    /// <summary>Maps the endpoints, the dashboard, the OpenAPI document, health and metrics. Needs <see cref="PortalServices.AddIndicatorPortal"/>.</summary>
    /// <param name="endpoints">Where they are mapped.</param>
    public static IEndpointConventionBuilder MapIndicatorPortal(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var portal = endpoints.MapGroup(string.Empty);
        var api = portal.MapGroup("/api/v1").WithTags("portal");
        var results = services.GetRequiredService<ResultEndpoints>();
        var catalog = services.GetRequiredService<CatalogEndpoints>();
        var forms = services.GetRequiredService<FormEndpoints>();
        var uploads = services.GetRequiredService<UploadEndpoints>();
        EndpointParameter[] publication = [EndpointParameters.Dataset, EndpointParameters.Revision];
        EndpointParameter[] rows =
        [
            .. publication, EndpointParameters.View, EndpointParameters.Indicator, EndpointParameters.Level, EndpointParameters.Group, EndpointParameters.Within, EndpointParameters.From,
            EndpointParameters.To, EndpointParameters.Status, EndpointParameters.Sort, EndpointParameters.Offset, EndpointParameters.Limit,
        ];

        Get("/datasets", "The newest revision of every dataset", publication, DatasetEndpoints.DatasetsAsync);
        Get("/datasets/{dataset}/revisions", "All revisions of a dataset, the newest first", [], DatasetEndpoints.RevisionsAsync);
        Get("/catalog", "What can be computed", publication, catalog.AllAsync);
        Get("/catalog/{id}", "One indicator", [], catalog.OneAsync);
        Get("/places", "The factories and where they are", [.. publication, EndpointParameters.Within], DatasetEndpoints.PlacesAsync);
        Get("/results", "Result rows: JSON pages, or all of them as CSV or an Arrow stream", rows, results.ResultsAsync);
        Get("/series", "Rows by indicator and group, in the order of time", rows, results.SeriesAsync);
        Get("/results/{dataset}/{revision}/{row}", "One row with its evidence, down to the inputs", [], results.EvidenceAsync);
        Get("/declared", "Declared against measured", [.. publication, EndpointParameters.Within], DatasetEndpoints.DeclaredAsync);
        Get("/coverage", "The grid cells of a factory's coverage map", [.. publication, EndpointParameters.Factory], DatasetEndpoints.CoverageAsync);
        Get("/quality", "Data quality", [.. publication, EndpointParameters.Within], DatasetEndpoints.QualityAsync);
        Get("/difference", "What differs from the revision before", [.. publication, EndpointParameters.Offset, EndpointParameters.Limit], DatasetEndpoints.DifferenceAsync);
        Get("/forms", "The programmes", publication, FormEndpoints.AllAsync);
        Get("/forms/{programme}", "A filled form", [.. publication, EndpointParameters.Factory, new EndpointParameter("format", "The format", Values: ["json", "xlsx", "docx"])], forms.OneAsync);
        Get("/alerts", "The latest alerts", [.. publication, new EndpointParameter("count", "How many at most: 1 to 1,000 (100)", IsInteger: true)], AlertsAsync);
        Get("/whoami", "Who asks, and what they may see", [], WhoAmIAsync);
        Post("/uploads/stream", "An Arrow IPC stream, read as it arrives", [EndpointParameters.Dataset, new EndpointParameter("name", "What the input is called")], uploads.StreamAsync);
        Post("/uploads/state", "A state file, merged", [EndpointParameters.Dataset], uploads.StateAsync);
        api.Map("/{**rest}", Handler(static context => context.RequestServices.GetRequiredService<PortalFilter>().RunAsync(context, static () => throw ProblemException.NotFound("There is no such endpoint."))))
            .ExcludeFromDescription();

        Open("/health/live", static context => context.Response.WriteAsync("live\n", context.RequestAborted));
        Open("/health/ready", ReadyAsync);
        Open("/", services.GetRequiredService<PageFiles>().ServeAsync);
        Open("/{**path}", services.GetRequiredService<PageFiles>().ServeAsync);
        services.GetRequiredService<PrometheusText>();
        portal.MapGet("/metrics", Handler(static context => RunAsync(context, static request =>
        {
            if (!request.Caller.ReadsAll)
            {
                throw new ProblemException(StatusCodes.Status403Forbidden, "Metrics are for grants of everything.");
            }

            request.Context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            return request.Context.Response.WriteAsync(request.Context.RequestServices.GetRequiredService<PrometheusText>().Write(), request.Aborted);
        }))).RequireIndicatorAccess(PortalAccess.ReadPolicy).WithMetadata(new EndpointParameters()).ExcludeFromDescription();
        portal.MapOpenApi("/openapi/{documentName}.json");
        return portal;

        void Get(string path, string summary, IReadOnlyList<EndpointParameter> parameters, Func<PortalRequest, Task> answer) => Describe(
            api.MapGet(path, Handler(context => RunAsync(context, answer))), path, summary, parameters, PortalAccess.ReadPolicy);

        void Post(string path, string summary, IReadOnlyList<EndpointParameter> parameters, Func<PortalRequest, Task> answer) => Describe(
            api.MapPost(path, Handler(context => RunAsync(context, answer))), path, summary, parameters, PortalAccess.UploadPolicy);

        void Open(string path, Func<HttpContext, Task> answer) =>
            portal.MapGet(path, Handler(context => services.GetRequiredService<PortalFilter>().RunAsync(context, () => answer(context)))).ExcludeFromDescription();
    }

    private static void Describe(RouteHandlerBuilder endpoint, string path, string summary, IReadOnlyList<EndpointParameter> parameters, string policy) => endpoint
        .RequireIndicatorAccess(policy)
        .WithMetadata(new EndpointParameters(parameters))
        .WithName(path.Trim('/').Replace('/', '.').Replace("{", string.Empty, StringComparison.Ordinal).Replace("}", string.Empty, StringComparison.Ordinal))
        .WithSummary(summary)
        .Produces(StatusCodes.Status200OK, contentType: path == "/results" ? AnswerFormat.Json : "application/json");

    // as a delegate with a result: filters look at these alone
    private static Func<HttpContext, Task<IResult>> Handler(Func<HttpContext, Task<IResult>> answer) => answer;

    private static Task<IResult> RunAsync(HttpContext context, Func<PortalRequest, Task> answer)
    {
        var services = context.RequestServices;
        return services.GetRequiredService<PortalFilter>().RunAsync(context, () => answer(new PortalRequest(context, services.GetRequiredService<IPortalStore>())));
    }

    private static async Task ReadyAsync(HttpContext context)
    {
        try
        {
            await context.RequestServices.GetRequiredService<IPortalStore>().CheckAsync(context.RequestAborted);
        }
        catch (Exception problem) when (!context.RequestAborted.IsCancellationRequested && problem is not OutOfMemoryException)
        {
            throw new ProblemException(StatusCodes.Status503ServiceUnavailable, "The store does not answer.");
        }

        await context.Response.WriteAsync("ready\n", context.RequestAborted);
    }

    private static async Task WhoAmIAsync(PortalRequest request)
    {
        request.Context.Response.Headers.CacheControl = "no-store";
        await request.JsonAsync(json =>
        {
            json.StartObject();
            json.Name("name");
            json.Value(request.Caller.Name);
            json.Name("grants");
            json.StartArray();
            foreach (var grant in request.Caller.Grants)
            {
                json.StartObject();
                json.Name("scope");
                json.Value(grant.Scope.Kind == PlaceKind.All ? "all" : $"{grant.Scope.Kind.ToString().ToLowerInvariant()}:{grant.Scope.Value}");
                json.Name("kind");
                json.Value(grant.Kind.ToString().ToLowerInvariant());
                json.EndObject();
            }

            json.EndArray();
            json.Name("expires_at");
            json.Instant(request.Caller.ExpiresAt is { } end ? (end.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick : null, TimeZoneInfo.Utc);
            json.EndObject();
        });
    }

    // an alert without a group is of the whole, and for grants of everything
    private static async Task AlertsAsync(PortalRequest request)
    {
        var count = (int)(request.Query.Integer("count", 1, MostAlerts) ?? 100);
        var answer = new StringBuilder("{\"alerts\":[");
        var trees = new Dictionary<string, PlaceTree?>(StringComparer.Ordinal);
        var asked = request.Query.Text("dataset");
        foreach (var line in await request.Store.TailAsync("alerts", request.Caller.ReadsAll && asked is null ? count : int.MaxValue, request.Aborted))
        {
            if (count == 0)
            {
                break;
            }

            var alert = JsonNode.Parse(line.Span) as JsonObject;
            var dataset = alert?["dataset"]?.GetValue<string>() ?? string.Empty;
            if (alert is null || (asked is not null && asked != dataset) || !await MayReadAsync(request, alert, dataset, trees))
            {
                continue;
            }

            answer.Append(answer[^1] == '[' ? "\n" : ",\n").Append(Encoding.UTF8.GetString(line.Span));
            count--;
        }

        request.Context.Response.Headers.CacheControl = "private, no-cache";
        request.Context.Response.ContentType = "application/json; charset=utf-8";
        await request.Context.Response.WriteAsync(answer.Append("]}\n").ToString(), request.Aborted);
    }

    private static async ValueTask<bool> MayReadAsync(PortalRequest request, JsonObject alert, string dataset, Dictionary<string, PlaceTree?> trees)
    {
        if (request.Caller.ReadsAll)
        {
            return true;
        }

        if (alert["group"] is not JsonObject group)
        {
            return false;
        }

        if (!trees.TryGetValue(dataset, out var tree))
        {
            var publication = await request.Store.FindAsync(dataset, revision: null, request.Aborted);
            trees.Add(dataset, tree = publication is null ? null : await request.TreeAsync(publication));
        }

        return tree?.Of([.. group.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value?.GetValue<string>()))]).LiesWithin(request.Caller.ReadScopes) ?? false;
    }
}
