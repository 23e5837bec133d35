using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Storage.Folders;

namespace IndicatorCore.Portal.Serving;

/// <summary>Publications, and what they hold beside their rows.</summary>
internal static class DatasetEndpoints
{
    private const int FlushBytes = 1 << 16;
    private const int MostRows = 10_000;

    /// <summary><c>/datasets</c>.</summary>
    public static async Task DatasetsAsync(PortalRequest request)
    {
        var newest = (await request.Store.PublicationsAsync(request.Aborted)).DistinctBy(static publication => publication.Dataset, StringComparer.Ordinal).ToList();
        await ListAsync(request, "datasets", newest);
    }

    /// <summary><c>/datasets/{dataset}/revisions</c>.</summary>
    public static async Task RevisionsAsync(PortalRequest request)
    {
        var dataset = (string)request.Context.Request.RouteValues["dataset"]!;
        await request.FindAsync(dataset, revision: null);
        await ListAsync(request, "revisions", [.. (await request.Store.PublicationsAsync(request.Aborted)).Where(publication => publication.Dataset == dataset)]);
    }

    /// <summary><c>/places</c>.</summary>
    public static async Task PlacesAsync(PortalRequest request)
    {
        var publication = await request.PublicationAsync();
        var within = await request.WithinAsync(publication);
        if (request.IsKnown(publication))
        {
            return;
        }

        var tree = await request.TreeAsync(publication);
        var places = (await request.Store.PlacesAsync(publication.Dataset, publication.Revision, request.Aborted)).Where(place => tree.OfFactory(place.Factory).LiesWithin(within)).ToList();
        await request.JsonAsync(json =>
        {
            json.StartObject();
            json.Name("places");
            json.StartArray();
            foreach (var place in places)
            {
                json.StartLine();
                Place(json, place);
            }

            json.EndArray();
            json.EndObject();
        });
    }

    /// <summary><c>/declared</c>.</summary>
    public static async Task DeclaredAsync(PortalRequest request)
    {
        var publication = await request.PublicationAsync();
        var within = await request.WithinAsync(publication);
        if (request.IsKnown(publication))
        {
            return;
        }

        var tree = await request.TreeAsync(publication);
        var found = new JsonArray();
        if (await NodeAsync(request, publication, Attachment.Declared) is { } declared)
        {
            foreach (var figure in declared["results"]!.AsArray())
            {
                if (tree.OfFactory(figure!["factory"]!.GetValue<string>()).LiesWithin(within))
                {
                    var copy = figure.DeepClone().AsObject();
                    copy.Insert(2, "text", copy["declared"]?.DeepClone());
                    found.Add(copy);
                }
            }
        }

        await NodeAsync(request, new JsonObject { ["declared"] = found });
    }

    /// <summary><c>/coverage</c>: the cells of one factory, as its lines stand in the attachment.</summary>
    public static async Task CoverageAsync(PortalRequest request)
    {
        var publication = await request.PublicationAsync();
        var factory = request.Query.Text("factory") ?? throw ProblemException.Bad("factory", "'factory' says whose cells are asked for.");
        if (!(await request.TreeAsync(publication)).OfFactory(factory).LiesWithin(request.Caller.ReadScopes))
        {
            throw ProblemException.NotFound("There is no such factory.");
        }

        if (request.IsKnown(publication))
        {
            return;
        }

        var output = Start(request, "{\"cells\":["u8);
        if (await request.Store.OpenAsync(publication.Dataset, publication.Revision, Attachment.Coverage, request.Aborted) is { } stream)
        {
            var first = new ArrayBufferWriter<byte>();
            var json = new JsonOutput(first);
            json.StartObject();
            json.Name("factory");
            json.Value(factory);
            await using (stream)
            {
                var isFirst = true;
                await foreach (var line in StoredLines.ReadAsync(stream, request.Aborted))
                {
                    if (line.Span.StartsWith(first.WrittenSpan) && line.Span[first.WrittenCount] == (byte)',')
                    {
                        output.Write(isFirst ? "\n"u8 : ",\n"u8);
                        output.Write(line.Span.TrimEnd((byte)','));
                        isFirst = false;
                    }

                    await FlushAsync(request, atLeast: FlushBytes);
                }
            }
        }

        output.Write("]}\n"u8);
        await FlushAsync(request, atLeast: 0);
    }

    /// <summary><c>/quality</c>.</summary>
    public static async Task QualityAsync(PortalRequest request)
    {
        var publication = await request.PublicationAsync();
        var within = await request.WithinAsync(publication);
        if (request.IsKnown(publication))
        {
            return;
        }

        var page = await ResultEndpoints.RowsAsync(request, new RowQuery
        {
            Dataset = publication.Dataset,
            Revision = publication.Revision,
            Indicators = [.. publication.Indicators.Where(static id => id.StartsWith("dq_", StringComparison.Ordinal))],
            Within = within,
            Limit = MostRows,
        });
        var output = Start(request, "{\"quality\":["u8);
        for (var i = 0; i < page.Rows.Count; i++)
        {
            output.Write(i == 0 ? "\n"u8 : ",\n"u8);
            ResultEndpoints.Row(output, page.Rows[i]);
            await FlushAsync(request, FlushBytes);
        }

        // counts of the whole dataset are for who may read all of it
        var manifest = request.Caller.ReadsAll ? await NodeAsync(request, publication, Attachment.Manifest) : null;
        output.Write("],\n\"quarantined\":"u8);
        output.Write(Encoding.UTF8.GetBytes(manifest?["quarantined"]?.ToJsonString() ?? "null"));
        output.Write(",\"inputs\":"u8);
        output.Write(Encoding.UTF8.GetBytes(manifest?["inputs"] is JsonArray inputs ? $"{inputs.Count}" : "null"));
        output.Write("}\n"u8);
        await FlushAsync(request, atLeast: 0);
    }

    /// <summary><c>/difference</c>: the changes that the caller may see.</summary>
    public static async Task DifferenceAsync(PortalRequest request)
    {
        var publication = await request.PublicationAsync();
        var offset = request.Query.Integer("offset", 0, long.MaxValue) ?? 0;
        var limit = request.Query.Integer("limit", 1, MostRows) ?? MostRows;
        if (request.IsKnown(publication))
        {
            return;
        }

        var tree = await request.TreeAsync(publication);
        var output = Start(request, "{\"changes\":["u8);
        var seen = 0L;
        if (await request.Store.OpenAsync(publication.Dataset, publication.Revision, Attachment.Difference, request.Aborted) is { } stream)
        {
            await using (stream)
            {
                await foreach (var line in StoredLines.ReadAsync(stream, request.Aborted))
                {
                    if (!IsFor(line.Span, tree, request))
                    {
                        continue;
                    }

                    seen++;
                    if (seen > offset && seen - offset <= limit)
                    {
                        output.Write(seen - offset == 1 ? "\n"u8 : ",\n"u8);
                        output.Write(line.Span);
                        await FlushAsync(request, FlushBytes);
                    }
                }
            }
        }

        output.Write(Encoding.UTF8.GetBytes($"],\"total\":{seen}}}\n"));
        await FlushAsync(request, atLeast: 0);
    }

    private static bool IsFor(ReadOnlySpan<byte> line, PlaceTree tree, PortalRequest request)
    {
        if (request.Caller.ReadsAll)
        {
            return true;
        }

        // both sides are of one group: the first that is there tells it
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRow = reader.ValueTextEquals("old"u8) || reader.ValueTextEquals("new"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isRow && reader.TokenType == JsonTokenType.StartObject)
            {
                reader.Skip();
                return tree.Of(RowFacts.Parse(line[start..(int)reader.BytesConsumed]).Group).LiesWithin(request.Caller.ReadScopes);
            }

            reader.Skip();
        }

        return false;
    }

    private static async Task ListAsync(PortalRequest request, string name, List<Publication> publications)
    {
        if (request.IsKnown(string.Join('\n', publications.Select(static publication => $"{publication.Dataset}/{publication.Revision}/{publication.Digest}"))))
        {
            return;
        }

        await request.JsonAsync(json =>
        {
            json.StartObject();
            json.Name(name);
            json.StartArray();
            foreach (var publication in publications)
            {
                json.StartLine();
                PublicationJson.Write(json, publication);
            }

            json.EndArray();
            json.EndObject();
        });
    }

    private static void Place(JsonOutput json, Place place)
    {
        json.StartObject();
        foreach (var (name, value) in new[]
        {
            ("factory", (string?)place.Factory), ("name", place.Name), ("province", place.Province), ("city", place.City), ("district", place.District), ("park", place.Park),
            ("zone", place.Zone), ("industry", place.Industry),
        })
        {
            json.Name(name);
            json.Value(value);
        }

        json.Name("lines");
        json.StartArray();
        foreach (var line in place.Lines)
        {
            json.Value(line);
        }

        json.EndArray();
        json.EndObject();
    }

    private static async Task<JsonNode?> NodeAsync(PortalRequest request, Publication publication, Attachment attachment)
    {
        if (await request.Store.OpenAsync(publication.Dataset, publication.Revision, attachment, request.Aborted) is not { } stream)
        {
            return null;
        }

        await using (stream)
        {
            return await JsonNode.ParseAsync(stream, cancellationToken: request.Aborted);
        }
    }

    private static async Task NodeAsync(PortalRequest request, JsonObject answer)
    {
        request.Context.Response.ContentType = "application/json; charset=utf-8";
        var text = answer.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        await request.Context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(text + "\n"), request.Aborted);
    }

    private static System.IO.Pipelines.PipeWriter Start(PortalRequest request, ReadOnlySpan<byte> head)
    {
        request.Context.Response.ContentType = "application/json; charset=utf-8";
        request.Context.Response.BodyWriter.Write(head);
        return request.Context.Response.BodyWriter;
    }

    private static async ValueTask FlushAsync(PortalRequest request, long atLeast)
    {
        if (request.Context.Response.BodyWriter.UnflushedBytes >= atLeast)
        {
            await request.Context.Response.BodyWriter.FlushAsync(request.Aborted);
        }
    }
}
