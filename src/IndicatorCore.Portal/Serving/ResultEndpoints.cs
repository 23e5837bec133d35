using System.Buffers;
using System.Globalization;
using System.Text;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Storage.Folders;
using Microsoft.AspNetCore.Http;

namespace IndicatorCore.Portal.Serving;

/// <summary>Rows: a page, all of them as a stream, series, one row with its evidence.</summary>
/// <param name="options">What is served.</param>
/// <param name="metrics">Takes counts.</param>
internal sealed class ResultEndpoints(PortalOptions options, PortalMetrics metrics)
{
    private const int StreamedRows = 4096;
    private const int MostRows = 10_000;
    private const int FlushBytes = 1 << 18;
    private static readonly string[] s_sorts = ["published", "value", "-value", "window"];

    /// <summary><c>/results</c>.</summary>
    public async Task ResultsAsync(PortalRequest request)
    {
        var publication = await request.PublicationAsync();
        var query = await QueryAsync(request, publication);
        var format = AnswerFormat.Of(request.Context.Request);
        if (request.IsKnown(publication, format))
        {
            return;
        }

        if (format != AnswerFormat.Json)
        {
            await StreamAsync(request, publication, query, format);
            return;
        }

        var page = await RowsAsync(request, query);
        request.Context.Response.ContentType = "application/json; charset=utf-8";
        using var output = new PooledOutput();
        Head(output, publication, page, query, request);
        for (var i = 0; i < page.Rows.Count; i++)
        {
            output.Write(i == 0 ? "\n"u8 : ",\n"u8);
            Row(output, page.Rows[i]);
            if (output.Count >= FlushBytes)
            {
                await request.Context.Response.BodyWriter.WriteAsync(output.Written, request.Aborted);
                output.Clear();
            }
        }

        output.Write("]}\n"u8);
        metrics.Served.Add(page.Rows.Count);
        await request.Context.Response.BodyWriter.WriteAsync(output.Written, request.Aborted);
    }

    /// <summary><c>/series</c>.</summary>
    public async Task SeriesAsync(PortalRequest request)
    {
        var publication = await request.PublicationAsync();
        var query = await QueryAsync(request, publication) with { Limit = MostRows };
        if (request.IsKnown(publication))
        {
            return;
        }

        var page = await RowsAsync(request, query);
        if (page.Total > MostRows)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, string.Create(CultureInfo.InvariantCulture, $"These are {page.Total} points, and at most {MostRows} come at a time: ask for fewer indicators, groups or windows."));
        }

        var cells = new ResultCells();
        var series = new Dictionary<(string Indicator, string Group), (string Unit, List<(long Start, string Point)> Points)>();
        foreach (var row in page.Rows)
        {
            cells.Read(row.Json);
            var key = (cells["indicator"]!, cells.GroupJson);
            if (!series.TryGetValue(key, out var known))
            {
                series.Add(key, known = (cells["unit"]!, []));
            }

            known.Points.Add((cells["window_start"] is { } start ? RowFacts.Instant(start) : long.MinValue, Point(cells, row.Number)));
        }

        using var output = new PooledOutput();
        output.Write("{\"series\":["u8);
        foreach (var ((indicator, group), (unit, points)) in series)
        {
            output.Write(output.Count == 11 ? "\n"u8 : ",\n"u8);
            var json = new JsonOutput(output);
            json.StartObject();
            json.Name("indicator");
            json.Value(indicator);
            json.Name("group");
            Encoding.UTF8.GetBytes(group, output);
            output.Write(","u8);
            json.Name("unit");
            json.Value(unit);
            json.Name("points");
            output.Write("["u8);
            var isFirst = true;
            foreach (var (_, point) in points.OrderBy(static point => point.Start))
            {
                output.Write(isFirst ? default : ","u8);
                Encoding.UTF8.GetBytes(point, output);
                isFirst = false;
            }

            output.Write("]}"u8);
        }

        output.Write("]}\n"u8);
        metrics.Served.Add(page.Rows.Count);
        request.Context.Response.ContentType = "application/json; charset=utf-8";
        await request.Context.Response.BodyWriter.WriteAsync(output.Written, request.Aborted);
    }

    /// <summary><c>/results/{dataset}/{revision}/{row}</c>.</summary>
    public async Task EvidenceAsync(PortalRequest request)
    {
        var route = request.Context.Request.RouteValues;
        var publication = await request.FindAsync((string)route["dataset"]!, Number(route["revision"], int.MaxValue) is { } revision ? (int)revision : throw ProblemException.NotFound("There is no such revision of the dataset."));
        var number = Number(route["row"], long.MaxValue);
        var row = number is { } known ? await request.Store.RowAsync(publication.Dataset, publication.Revision, known, request.Aborted) : null;
        if (row is not { } found || !(await request.TreeAsync(publication)).Of(RowFacts.Parse(found.Json.Span).Group).LiesWithin(request.Caller.ReadScopes))
        {
            throw ProblemException.NotFound("There is no such row.");
        }

        if (request.IsKnown(publication))
        {
            return;
        }

        var cells = new ResultCells();
        cells.Read(found.Json);
        var buffer = new ArrayBufferWriter<byte>(4096);
        buffer.Write("{\"row\":"u8);
        Row(buffer, found);
        buffer.Write(",\n\"definition\":"u8);
        if (CatalogEndpoints.Find(options.RecipeOf(publication.Dataset), cells["indicator"]!) is { } definition)
        {
            CatalogEndpoints.Write(new JsonOutput(buffer), definition);
        }
        else
        {
            buffer.Write("null"u8);
        }

        buffer.Write(",\n\"publication\":"u8);
        PublicationJson.Write(new JsonOutput(buffer), publication);
        buffer.Write(",\n\"manifest\":"u8);
        await ManifestAsync(request, publication, buffer);
        buffer.Write("}\n"u8);
        metrics.Served.Add(1);
        request.Context.Response.ContentType = "application/json; charset=utf-8";
        await request.Context.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, request.Aborted);
    }

    /// <summary>A row with its number and view before all else.</summary>
    public static void Row(IBufferWriter<byte> output, in StoredRow row)
    {
        var json = new JsonOutput(output);
        json.StartObject();
        json.Name("row");
        json.Value(row.Number);
        json.Name("view");
        json.Value(row.View);
        output.Write(","u8);
        output.Write(row.Json.Span[1..]);
    }

    /// <summary>A page, of a publication that is there.</summary>
    public static async ValueTask<RowPage> RowsAsync(PortalRequest request, RowQuery query) =>
        await request.Store.RowsAsync(query, request.Aborted) ?? throw ProblemException.NotFound("There is no such revision of the dataset.");

    private async ValueTask<RowQuery> QueryAsync(PortalRequest request, Publication publication)
    {
        var parameters = request.Query;
        var view = parameters.Text("view") ?? "default";
        if (!publication.Views.Contains(view, StringComparer.Ordinal))
        {
            throw ProblemException.Bad("view", $"The dataset has no such view; it has {string.Join(", ", publication.Views)}.");
        }

        var zone = PublicationJson.Zone(publication);
        return new RowQuery
        {
            Dataset = publication.Dataset,
            Revision = publication.Revision,
            View = view,
            Indicators = Indicators(parameters, publication),
            Level = parameters.Text("level"),
            Group = Group(parameters),
            Within = await request.WithinAsync(publication),
            From = parameters.Instant("from", zone),
            To = parameters.Instant("to", zone),
            Statuses = Statuses(parameters),
            Sort = (RowSort)Array.IndexOf(s_sorts, parameters.Choice("sort", s_sorts)),
            Offset = parameters.Integer("offset", 0, long.MaxValue) ?? 0,
            Limit = (int)(parameters.Integer("limit", 1, MostRows) ?? 100),
        };
    }

    private IReadOnlyList<string>? Indicators(RequestQuery parameters, Publication publication)
    {
        var ids = parameters.List("indicator");
        foreach (var id in ids ?? [])
        {
            if (!publication.Indicators.Contains(id, StringComparer.Ordinal) && CatalogEndpoints.Find(options.RecipeOf(publication.Dataset), id) is null)
            {
                throw ProblemException.Bad("indicator", $"There is no such indicator. {NearestName.Advice(id, [.. publication.Indicators])}");
            }
        }

        return ids;
    }

    private static IReadOnlyList<KeyValuePair<string, string?>> Group(RequestQuery parameters)
    {
        var group = parameters.Group();
        foreach (var (key, _) in group)
        {
            if (!GroupKey.IsKnown(key))
            {
                throw ProblemException.Bad("group", $"There is no such key of groups; there are {string.Join(", ", GroupKey.All)}.");
            }
        }

        return group;
    }

    private static IReadOnlyList<string>? Statuses(RequestQuery parameters)
    {
        var names = parameters.List("status");
        foreach (var name in names ?? [])
        {
            if (RowFacts.StatusOf(name) is null)
            {
                throw ProblemException.Bad("status", $"'status' is of {string.Join(", ", Enum.GetValues<ResultStatus>().Select(ResultNames.Of))}.");
            }
        }

        return names;
    }

    private static void Head(PooledOutput output, Publication publication, RowPage page, RowQuery query, PortalRequest request)
    {
        var json = new JsonOutput(output);
        var end = query.Offset + page.Rows.Count;
        json.StartObject();
        json.Name("publication");
        PublicationJson.Write(json, publication);
        json.Name("total");
        json.Value(page.Total);
        json.Name("offset");
        json.Value(query.Offset);
        json.Name("limit");
        json.Value((long)query.Limit);
        json.Name("next");
        json.Value(page.Rows.Count > 0 && end < page.Total ? request.Query.WithOffset(request.Context, end) : null);
        json.Name("results");
        output.Write("["u8);
    }

    private async Task StreamAsync(PortalRequest request, Publication publication, RowQuery query, string format)
    {
        string[] keys = [.. publication.Levels.Where(level => query.Level is null || level == query.Level).SelectMany(static level => level.Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];
        using var arrow = format == AnswerFormat.Arrow
            ? new ArrowRows(keys, publication.TimeZone, [KeyValuePair.Create("indicators.dataset", publication.Dataset), KeyValuePair.Create("indicators.revision", publication.Revision.ToString(CultureInfo.InvariantCulture)), KeyValuePair.Create("indicators.digest", publication.Digest)])
            : null;
        IRowFormat rows = arrow is null ? new CsvRows(keys) : arrow;
        var output = request.Context.Response.BodyWriter;
        request.Context.Response.ContentType = format == AnswerFormat.Csv ? "text/csv; charset=utf-8; header=present" : format;
        request.Context.Response.Headers.ContentDisposition = $"attachment; filename=\"{publication.Dataset}-{publication.Revision}.{(arrow is null ? "csv" : "arrows")}\"";
        rows.Begin(output);
        var left = request.Query.Has("limit") ? query.Limit : long.MaxValue;
        for (var offset = query.Offset; left > 0;)
        {
            var page = await RowsAsync(request, query with { Offset = offset, Limit = (int)Math.Min(StreamedRows, left) });
            rows.Write(page.Rows, output);
            await output.FlushAsync(request.Aborted);
            metrics.Served.Add(page.Rows.Count);
            offset += page.Rows.Count;
            left -= page.Rows.Count;
            if (page.Rows.Count == 0 || offset >= page.Total)
            {
                break;
            }
        }

        rows.End(output);
        await output.FlushAsync(request.Aborted);
    }

    // inputs tell of the whole dataset: they are for who may read all of it
    private static async Task ManifestAsync(PortalRequest request, Publication publication, ArrayBufferWriter<byte> output)
    {
        var stream = await request.Store.OpenAsync(publication.Dataset, publication.Revision, Attachment.Manifest, request.Aborted);
        if (stream is null)
        {
            output.Write("null"u8);
            return;
        }

        await using (stream)
        {
            ManifestExcerpt.Write(await System.Text.Json.Nodes.JsonNode.ParseAsync(stream, cancellationToken: request.Aborted), request.Caller.ReadsAll, output);
        }
    }

    private static string Point(ResultCells cells, long row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"window_start\":{Plain(cells["window_start"])},\"window_end\":{Plain(cells["window_end"])},\"value\":{cells["value"] ?? "null"},\"low\":{cells["low"] ?? "null"},\"high\":{cells["high"] ?? "null"},\"status\":{Plain(cells["status"])},\"row\":{row}}}");

    // of instants and names, which need no escape
    private static string Plain(string? text) => text is null ? "null" : $"\"{text}\"";

    private static long? Number(object? value, long most) =>
        long.TryParse(value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;
}
