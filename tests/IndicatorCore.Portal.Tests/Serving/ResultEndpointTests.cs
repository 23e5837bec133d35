using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Serving;

public sealed class ResultEndpointTests : IAsyncLifetime
{
    private PortalServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await PortalServer.StartAsync();
        await _server.Store.PublishAsync(Drafts.Make(), CancellationToken.None);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Rows_are_served_byte_by_byte_with_their_number_and_view()
    {
        var stored = (await _server.Store.RowsAsync(new RowQuery { Dataset = "sample", Limit = 100 }, CancellationToken.None))!;
        var text = await _server.Client.GetStringAsync(new Uri("results", UriKind.Relative));
        foreach (var row in stored.Rows)
        {
            Assert.Contains($"\n{{\"row\":{row.Number},\"view\":\"default\",{Encoding.UTF8.GetString(row.Json.Span[1..])}", text, StringComparison.Ordinal);
        }

        var answer = JsonNode.Parse(text)!;
        Assert.Equal(16, (int)answer["total"]!);
        Assert.Null(answer["next"]);
        Assert.Equal("sample", (string?)answer["publication"]!["dataset"]);
    }

    [Fact]
    public async Task Following_next_brings_every_row_once()
    {
        var numbers = new List<long>();
        for (var next = "results?limit=3&sort=value&group=factory:F001"; next is not null;)
        {
            var page = await _server.JsonAsync(next);
            Assert.True(page["results"]!.AsArray().Count <= 3);
            numbers.AddRange(page["results"]!.AsArray().Select(static row => (long)row!["row"]!));
            next = (string?)page["next"];
        }

        Assert.Equal([7L, 12, 8, 13], numbers);
    }

    [Theory]
    [InlineData("indicator=knr,cov_sample&level=city", 5)]
    [InlineData("indicator=knr&indicator=eff_gain&level=factory", 4)]
    [InlineData("level=factory,line", 2)]
    [InlineData("level=", 1)]
    [InlineData("group=city:", 1)]
    [InlineData("group=factory:F001&group=line:L1", 1)]
    [InlineData("within=province:%E8%BE%BD%E5%AE%81", 9)]
    [InlineData("within=city:%E5%A4%A7%E8%BF%9E&within=factory:F003", 8)]
    [InlineData("within=factory:nobody", 0)]
    [InlineData("view=month&from=2024-02-01", 6)]
    [InlineData("view=month&to=2024-02-01", 6)]
    [InlineData("view=month&from=2024-02-01T00:00:00%2B08:00&to=2024-03-01T00:00:00Z", 6)]
    [InlineData("status=SUPPRESSED", 2)]
    [InlineData("status=PUBLISHED&indicator=cov_sample", 1)]
    public async Task Parameters_choose_rows(string query, int expected) => Assert.Equal(expected, (int)(await _server.JsonAsync($"results?{query}"))["total"]!);

    [Theory]
    [InlineData("results?limit=0", "limit")]
    [InlineData("results?limit=10001", "limit")]
    [InlineData("results?limit=-1", "limit")]
    [InlineData("results?limit=1e3", "limit")]
    [InlineData("results?offset=x", "offset")]
    [InlineData("results?sort=up", "sort")]
    [InlineData("results?view=week", "view")]
    [InlineData("results?indicator=knrr", "indicator")]
    [InlineData("results?group=F001", "group")]
    [InlineData("results?group=planet:earth", "group")]
    [InlineData("results?within=planet:earth", "within")]
    [InlineData("results?from=yesterday", "from")]
    [InlineData("results?from=9999-12-31", "from")]
    [InlineData("results?status=GOOD", "status")]
    [InlineData("results?revision=0", "revision")]
    [InlineData("results?revision=99999999999", "revision")]
    [InlineData("results?view=month&view=month", "view")]
    [InlineData("results?levell=city", "levell")]
    [InlineData("results?level=%00", "level")]
    [InlineData("coverage", "factory")]
    [InlineData("alerts?count=0", "count")]
    [InlineData("forms/liaoning-2024?format=pdf", "format")]
    public async Task What_makes_no_sense_is_a_problem_with_its_name(string path, string parameter)
    {
        using var response = await _server.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(parameter, (string?)problem["parameter"]);
        Assert.Equal(400, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.NotEmpty((string)problem["detail"]!);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Null(response.Headers.ETag);
    }

    [Theory]
    [InlineData("results?dataset=nothing")]
    [InlineData("results?dataset=..%2F..")]
    [InlineData("results?revision=2")]
    [InlineData("results/sample/1/28")]
    [InlineData("results/sample/1/-1")]
    [InlineData("results/sample/1/99999999999999999999")]
    [InlineData("results/sample/x/0")]
    [InlineData("results/nothing/1/0")]
    [InlineData("datasets/nothing/revisions")]
    [InlineData("catalog/nothing")]
    [InlineData("forms/nothing")]
    [InlineData("coverage?factory=nobody&revision=2")]
    [InlineData("nothing")]
    [InlineData("/nothing.html")]
    [InlineData("/..%2f..%2fetc%2fpasswd")]
    public async Task What_is_not_there_is_404(string path)
    {
        using var response = await _server.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_entity_tag_spares_what_is_known_until_the_next_revision()
    {
        using var first = await _server.GetAsync("results?limit=1");
        var tag = first.Headers.ETag!.ToString();
        Assert.Equal("no-cache, private", first.Headers.CacheControl!.ToString());
        using var known = await _server.GetAsync("results?limit=1", tag: $"\"other\", {tag}");
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal(tag, known.Headers.ETag!.ToString());
        Assert.Empty(await known.Content.ReadAsByteArrayAsync());
        using var csv = await _server.GetAsync("results?limit=1", accept: "text/csv", tag: tag);
        Assert.Equal(HttpStatusCode.OK, csv.StatusCode);
        await _server.Store.PublishAsync(Drafts.Make(follows: 1), CancellationToken.None);
        using var newer = await _server.GetAsync("results?limit=1", tag: tag);
        Assert.Equal(HttpStatusCode.OK, newer.StatusCode);
        using var old = await _server.GetAsync("results?limit=1&revision=1", tag: tag);
        Assert.Equal(HttpStatusCode.NotModified, old.StatusCode);
        var key = await _server.KeyAsync("read all");
        using var other = await _server.GetAsync("results?limit=1&revision=1", key, tag: tag);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);   // what others may see is another answer
    }

    [Fact]
    public async Task Csv_has_every_row_as_a_line_of_equal_columns()
    {
        using var response = await _server.GetAsync("results", accept: "text/csv, application/json;q=0.5");
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n');
        Assert.Equal(17, lines.Length);
        Assert.StartsWith("indicator,definition,province,city,factory,line,industry,window_start,window_end,value,unit,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("knr,knr@1,辽宁,,,,,2024-01-01T00:00:00+08:00,2024-03-01T00:00:00+08:00,0.7,ratio,", lines[2], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(static character => character == ','), line.Count(static character => character == ',')));
        using var two = await _server.GetAsync("results?limit=2&offset=15", accept: "text/csv");
        Assert.Equal(2, (await two.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task An_arrow_stream_reads_back_with_the_values_of_the_json()
    {
        using var response = await _server.GetAsync("results?view=month&sort=-value", accept: "application/vnd.apache.arrow.stream");
        Assert.Equal("application/vnd.apache.arrow.stream", response.Content.Headers.ContentType!.MediaType);
        var json = (await _server.JsonAsync("results?view=month&sort=-value"))["results"]!.AsArray();
        var bytes = await response.Content.ReadAsByteArrayAsync();
        await using var reader = new IpcStreamReader(PipeReader.Create(new MemoryStream(bytes)), "answer");
        var schema = await reader.ReadSchemaAsync();
        Assert.Contains(schema.Metadata, static pair => pair is { Key: "indicators.dataset", Value: "sample" });
        var names = schema.Fields.Select(static field => field.Name).ToList();
        Assert.Equal(["indicator", "definition", "province", "city", "factory", "line", "industry", "window_start"], names.Take(8));
        var seen = 0;
        using var lease = new BatchLease();
        while (await reader.ReadAsync(lease))
        {
            lease.Decode();
            seen += Compare(lease.View(), names, json, seen);
        }

        Assert.Equal(12, seen);
    }

    private static int Compare(RecordBatch batch, List<string> names, JsonArray json, int first)
    {
        var values = batch[names.IndexOf("value")].Values<double>();
        var numbers = batch[names.IndexOf("row")].Values<long>();
        for (var row = 0; row < batch.Length; row++)
        {
            Assert.Equal((double)json[first + row]!["value"]!, values[row]);
            Assert.Equal((long)json[first + row]!["row"]!, numbers[row]);
            Assert.Equal((string?)json[first + row]!["group"]!["factory"], Encoding.UTF8.GetString(batch[names.IndexOf("factory")].Bytes(row)));
        }

        return batch.Length;
    }

    [Fact]
    public async Task A_media_type_that_is_not_served_is_406()
    {
        using var response = await _server.GetAsync("results", accept: "image/png");
        Assert.Equal(HttpStatusCode.NotAcceptable, response.StatusCode);
        using var any = await _server.GetAsync("results", accept: "image/png, */*;q=0.1");
        Assert.Equal("application/json", any.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Series_are_by_group_in_the_order_of_time()
    {
        var series = (await _server.JsonAsync("series?view=month&indicator=cov_sample&level=factory&sort=-value"))["series"]!.AsArray();
        Assert.Equal(3, series.Count);
        var first = series.Single(static one => (string?)one!["group"]!["factory"] == "F001")!;
        Assert.Equal("cov_sample", (string?)first["indicator"]);
        Assert.Equal(["2024-01-01T00:00:00+08:00", "2024-02-01T00:00:00+08:00"], first["points"]!.AsArray().Select(static point => (string?)point!["window_start"]));
        Assert.Equal([0.7, 0.8], first["points"]!.AsArray().Select(static point => Math.Round((double)point!["value"]!, 9)));
    }

    [Fact]
    public async Task Evidence_leads_from_a_row_to_its_definition_and_inputs()
    {
        var answer = await _server.JsonAsync("results/sample/1/8");
        Assert.Equal(8, (int)answer["row"]!["row"]!);
        Assert.Equal(10, (int)answer["row"]!["evidence"]!["n_valid"]!);
        Assert.Equal("knr", (string?)answer["definition"]!["id"]);
        Assert.Equal(1, (int)answer["publication"]!["revision"]!);
        Assert.Empty(answer["manifest"]!["inputs"]!.AsArray());
    }

    [Fact]
    public async Task The_catalogue_says_which_way_is_better()
    {
        Assert.Equal("down", (string?)(await _server.JsonAsync("catalog/energy_kwh"))["indicators"]![0]!["better"]);
        Assert.Null((await _server.JsonAsync("catalog/knr"))["indicators"]![0]!["better"]);
        Assert.True((await _server.JsonAsync("catalog"))["indicators"]!.AsArray().Count > 40);
    }

    [Fact]
    public async Task Lists_of_datasets_and_revisions_say_what_there_is()
    {
        await _server.Store.PublishAsync(Drafts.Make(follows: 1), CancellationToken.None);
        var dataset = (await _server.JsonAsync("datasets"))["datasets"]!.AsArray().Single()!;
        Assert.Equal((2, 28, 3), ((int)dataset["revision"]!, (int)dataset["rows"]!, (int)dataset["changes"]!));
        Assert.Equal("2024-03-01T00:00:00+08:00", (string?)dataset["reference_date"]);
        Assert.Equal("2024-05-02T16:00:00+08:00", (string?)dataset["published_at"]);
        Assert.Equal([2, 1], (await _server.JsonAsync("datasets/sample/revisions"))["revisions"]!.AsArray().Select(static one => (int)one!["revision"]!));
        await _server.Store.PublishAsync(Drafts.Make("other"), CancellationToken.None);
        Assert.Equal(400, await _server.StatusAsync("results"));
        Assert.Equal(200, await _server.StatusAsync("results?dataset=other"));
    }

    [Fact]
    public async Task Answers_carry_headers_that_keep_browsers_safe()
    {
        using var response = await _server.GetAsync("datasets");
        Assert.Contains("script-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
    }

    [Fact]
    public async Task The_openapi_document_has_every_endpoint_with_its_parameters()
    {
        var document = await _server.JsonAsync("/openapi/v1.json");
        var paths = document["paths"]!.AsObject();
        foreach (var path in new[] { "datasets", "datasets/{dataset}/revisions", "catalog", "catalog/{id}", "places", "results", "series", "results/{dataset}/{revision}/{row}", "declared", "coverage", "quality", "difference", "forms", "forms/{programme}", "alerts", "whoami", "uploads/stream", "uploads/state" })
        {
            Assert.NotNull(paths["/api/v1/" + path]);
        }

        var parameters = paths["/api/v1/results"]!["get"]!["parameters"]!.AsArray().Select(static one => (string?)one!["name"]);
        Assert.Equal(["dataset", "revision", "view", "indicator", "level", "group", "within", "from", "to", "status", "sort", "offset", "limit"], parameters);
    }

    [Fact]
    public async Task Answers_are_compressed_for_who_takes_that()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "results");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var response = await _server.Client.SendAsync(request);
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Health_and_metrics_answer()
    {
        Assert.Equal(200, await _server.StatusAsync("/health/live"));
        Assert.Equal(200, await _server.StatusAsync("/health/ready"));
        Assert.Equal(400, await _server.StatusAsync("results?limit=x"));
        var text = await _server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("indicators_request_duration_seconds_bucket{route=\"/health/live\",status=\"200\",le=\"+Inf\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE indicators_errors_total counter", text, StringComparison.Ordinal);
        Directory.Move(_server.Folder.File("store/documents"), _server.Folder.File("store/gone"));
        Assert.Equal(503, await _server.StatusAsync("/health/ready"));
        Directory.Move(_server.Folder.File("store/gone"), _server.Folder.File("store/documents"));
    }
}
