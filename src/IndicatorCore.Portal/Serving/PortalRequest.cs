using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Access;
using IndicatorCore.Portal.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IndicatorCore.Portal.Serving;

/// <summary>One request: its parameters, who asks, and which publication it is about.</summary>
/// <param name="context">The request.</param>
/// <param name="store">The store.</param>
internal sealed class PortalRequest(HttpContext context, IPortalStore store)
{
    private static readonly ConditionalWeakTable<IReadOnlyList<Place>, PlaceTree> s_trees = [];

    /// <summary>The request.</summary>
    public HttpContext Context => context;

    /// <summary>The store.</summary>
    public IPortalStore Store => store;

    /// <summary>The parameters.</summary>
    public RequestQuery Query { get; } = new(context);

    /// <summary>Who asks.</summary>
    public PortalCaller Caller { get; } = PortalCaller.Of(context.User);

    /// <summary>Ends the work when the caller has left.</summary>
    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>The publication that the parameters name.</summary>
    /// <exception cref="ProblemException">There is none, or it is not named.</exception>
    public async ValueTask<Publication> PublicationAsync()
    {
        var revision = Query.Revision();
        return await FindAsync(await DatasetAsync(), revision);
    }

    /// <summary>A publication.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async ValueTask<Publication> FindAsync(string dataset, int? revision)
    {
        var found = StoreNames.IsDataset(dataset) ? await store.FindAsync(dataset, revision, Aborted) : null;
        return found ?? throw ProblemException.NotFound(revision is null ? "There is no such dataset." : "There is no such revision of the dataset.");
    }

    /// <summary>The dataset that is named, or the only one.</summary>
    public async ValueTask<string> DatasetAsync()
    {
        if (Query.Text("dataset") is { } named)
        {
            return named;
        }

        var datasets = (await store.PublicationsAsync(Aborted)).Select(static publication => publication.Dataset).Distinct(StringComparer.Ordinal).ToList();
        return datasets.Count switch
        {
            0 => throw ProblemException.NotFound("Nothing has been published yet."),
            1 => datasets[0],
            _ => throw ProblemException.Bad("dataset", "There are several datasets: name one."),
        };
    }

    /// <summary>The tree of places of a publication.</summary>
    public async ValueTask<PlaceTree> TreeAsync(Publication publication) =>
        s_trees.GetValue(await store.PlacesAsync(publication.Dataset, publication.Revision, Aborted), static places => new PlaceTree(places));

    /// <summary>What the caller may read of what is asked for: null = everything.</summary>
    public async ValueTask<IReadOnlyList<PlaceScope>?> WithinAsync(Publication publication)
    {
        var asked = Query.Within();
        if (Caller.ReadScopes is not { } granted || asked is null)
        {
            return asked ?? Caller.ReadScopes;
        }

        var tree = await TreeAsync(publication);
        var within = new List<PlaceScope>();
        foreach (var place in asked)
        {
            foreach (var grant in granted)
            {
                // the narrower of the two, where one lies in the other
                if (PlaceOf(place, tree).LiesWithin(grant))
                {
                    within.Add(place);
                }
                else if (PlaceOf(grant, tree).LiesWithin(place))
                {
                    within.Add(grant);
                }
            }
        }

        return [.. within.Distinct()];
    }

    /// <summary>Says which answer this is, and whether the caller has it already: then nothing more is written.</summary>
    /// <param name="publication">What the answer is about.</param>
    /// <param name="form">What else it depends on: its format.</param>
    public bool IsKnown(Publication publication, string form = "json") =>
        IsKnown(string.Create(CultureInfo.InvariantCulture, $"{publication.Dataset}/{publication.Revision}/{publication.Digest}/{form}/"));

    /// <summary>The same for an answer that depends on a text.</summary>
    public bool IsKnown(string content)
    {
        var grants = string.Join('\n', Caller.Grants.Select(static grant => grant.ToString()).Order(StringComparer.Ordinal));
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{PortalMetrics.Version}\n{content}\n{grants}"));
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(digest.AsSpan(0, 16))}\"", isWeak: true);
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.Vary = "Accept, Accept-Encoding, Authorization";
        if (!context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == "*" || known.Compare(tag, useStrongComparison: false)))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    /// <summary>Answers with JSON.</summary>
    public async Task JsonAsync(Action<JsonOutput> write, int status = StatusCodes.Status200OK)
    {
        using var buffer = new PooledOutput();
        var json = new JsonOutput(buffer);
        write(json);
        json.LineFeed();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.BodyWriter.WriteAsync(buffer.Written, Aborted);
    }

    private static RowPlace PlaceOf(PlaceScope scope, PlaceTree tree) => scope.Kind switch
    {
        PlaceKind.Factory => tree.OfFactory(scope.Value),
        PlaceKind.City => tree.Of([KeyValuePair.Create("city", (string?)scope.Value)]),
        PlaceKind.Province => new RowPlace(scope.Value, null, null),
        _ => default,
    };
}
