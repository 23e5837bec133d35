using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Serving;

public sealed class UploadTests
{
    private const string Arrow = "application/vnd.apache.arrow.stream";

    [Fact]
    public async Task A_stream_is_published_once_however_often_it_comes()
    {
        await using var server = await PortalServer.StartAsync(Sample.Recipe());
        var (status, first) = await PostAsync(server, "uploads/stream?name=radio.arrows", Sample.StreamOf("radio-0001.arrow"));
        Assert.Equal((HttpStatusCode.Created, 1), (status, (int)first["revision"]!));
        (status, var again) = await PostAsync(server, "uploads/stream?name=again.arrows", Sample.StreamOf("radio-0001.arrow"));
        Assert.Equal((HttpStatusCode.OK, 1), (status, (int)again["revision"]!));
        (status, var second) = await PostAsync(server, "uploads/stream?name=connectivity.arrows", Sample.StreamOf("connectivity-0001.arrow"));
        Assert.Equal((HttpStatusCode.Created, 2), (status, (int)second["revision"]!));
        Assert.True((long)second["changes"]! > 0);

        // the same as reading both files
        var recipe = Sample.Recipe();
        await using var engine = Publisher.NewEngine(recipe);
        await engine.ReadAsync([Sample.File("radio-0001.arrow"), Sample.File("connectivity-0001.arrow")]);
        var expected = engine.Finish().Rows.Select(static row => (row.Indicator, row.Value)).ToList();
        var served = (await server.JsonAsync("results?limit=10000"))["results"]!.AsArray();
        Assert.Equal(expected, served.Select(static row => ((string)row!["indicator"]!, (double?)row["value"])));
        var inputs = (await server.JsonAsync("results/sample/2/0"))["manifest"]!["inputs"]!.AsArray();
        Assert.Equal(["connectivity.arrows", "radio.arrows"], inputs.Select(static input => (string?)input!["name"]));
        var changes = await server.JsonAsync("difference");
        Assert.Equal((long)second["changes"]!, (long)changes["total"]!);
        var text = await server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("indicators_upload_queue 0\n", text, StringComparison.Ordinal);
        Assert.Matches("indicators_upload_rows_total [1-9]", text);
    }

    [Fact]
    public async Task A_state_is_merged_and_revisions_go_on()
    {
        var recipe = Sample.Recipe();
        await using var server = await PortalServer.StartAsync(recipe);
        await PostAsync(server, "uploads/stream", Sample.StreamOf("radio-0001.arrow"));
        using var state = new MemoryStream();
        await using (var engine = Publisher.NewEngine(recipe))
        {
            await engine.ReadAsync(Sample.File("connectivity-0001.arrow"));
            engine.SaveState(state);
        }

        var (status, published) = await PostAsync(server, "uploads/state", state.ToArray(), "application/octet-stream");
        Assert.Equal((HttpStatusCode.Created, 2), (status, (int)published["revision"]!));
        Assert.Equal(2, (int)(await server.JsonAsync("results?limit=1"))["results"]![0]!["revision"]!);
        (status, _) = await PostAsync(server, "uploads/state", state.ToArray(), "application/octet-stream");
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData("uploads/stream", "not arrow", Arrow, 422)]
    [InlineData("uploads/stream", "", Arrow, 422)]
    [InlineData("uploads/stream", "x", "application/octet-stream", 415)]
    [InlineData("uploads/stream?name=a/b", "x", Arrow, 400)]
    [InlineData("uploads/stream?name=", "x", Arrow, 400)]
    [InlineData("uploads/stream?dataset=other", "x", Arrow, 404)]
    [InlineData("uploads/state", "not a state", "application/octet-stream", 422)]
    [InlineData("uploads/nothing", "x", Arrow, 404)]
    public async Task What_is_no_upload_is_refused(string path, string body, string type, int expected)
    {
        await using var server = await PortalServer.StartAsync(Sample.Recipe());
        var (status, problem) = await PostAsync(server, path, Encoding.UTF8.GetBytes(body), type);
        Assert.True(expected == (int)status, $"{(int)status} {problem}");
        Assert.Empty(await server.Store.PublicationsAsync(CancellationToken.None));
        Assert.DoesNotContain("/tmp", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(server.Faults.Lines);
    }

    [Fact]
    public async Task A_stream_that_is_cut_off_is_refused()
    {
        await using var server = await PortalServer.StartAsync(Sample.Recipe());
        var bytes = Sample.StreamOf("radio-0001.arrow");
        var (status, problem) = await PostAsync(server, "uploads/stream", bytes[..(bytes.Length / 2)]);
        Assert.True((int)status == 422, $"{status} {problem}");
        Assert.Empty(await server.Store.PublicationsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task More_bytes_than_may_be_are_refused_with_and_without_a_length()
    {
        await using var server = await PortalServer.StartAsync(Sample.Recipe(), static options => options.MaximumUploadBytes = 4096);
        foreach (var (path, isChunked) in new[] { ("uploads/stream", false), ("uploads/stream", true), ("uploads/state", true) })
        {
            try
            {
                var (status, _) = await PostAsync(server, path, Sample.StreamOf("radio-0001.arrow"), isChunked: isChunked);
                Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
            }
            catch (HttpRequestException problem) when (problem.InnerException is IOException)
            {
                // the server hangs up on who goes on sending, and its answer may be lost with that
            }
        }

        Assert.Empty(await server.Store.PublicationsAsync(CancellationToken.None));
        Assert.Empty(server.Faults.Lines);
    }

    [Fact]
    public async Task Who_hangs_up_in_the_middle_leaves_nothing_and_frees_the_place()
    {
        await using var server = await PortalServer.StartAsync(Sample.Recipe(), static options => options.MaximumUploads = 1);
        for (var i = 0; i < 3; i++)
        {
            using var socket = await HalfAsync(server.Client.BaseAddress!, Sample.StreamOf("radio-0001.arrow"));
            await UntilAsync(async () => await UploadsAsync(server) == 1);
            var (busy, _) = await PostAsync(server, "uploads/stream", Sample.StreamOf("radio-0001.arrow"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, busy);
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
            await UntilAsync(async () => await UploadsAsync(server) == 0);
        }

        Assert.Empty(await server.Store.PublicationsAsync(CancellationToken.None));
        var (status, _) = await PostAsync(server, "uploads/stream", Sample.StreamOf("radio-0001.arrow"));
        Assert.Equal(HttpStatusCode.Created, status);
    }

    [Fact]
    public async Task Uploads_at_the_same_time_are_all_published()
    {
        await using var server = await PortalServer.StartAsync(Sample.Recipe(), static options => options.MaximumUploads = 8);
        var files = new[] { "radio-0001.arrow", "connectivity-0001.arrow", "connectivity-0002.arrow" };
        var answers = await Task.WhenAll(files.Select(file => PostAsync(server, $"uploads/stream?name={file}", Sample.StreamOf(file))));
        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Equal([1, 2, 3], answers.Select(static answer => (int)answer.Answer["revision"]!).Order());
        Assert.Equal(files.Order(StringComparer.Ordinal), (await server.JsonAsync("results/sample/3/0"))["manifest"]!["inputs"]!.AsArray().Select(static input => (string?)input!["name"]));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_server_killed_in_the_middle_of_an_upload_loses_nothing_acknowledged_and_shows_nothing_half()
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        for (var round = 0; round < 2; round++)
        {
            using var process = Start(store);
            try
            {
                var root = await AddressAsync(process);
                using var client = new HttpClient { BaseAddress = new Uri(root, "api/v1/"), Timeout = TimeSpan.FromMinutes(3) };
                var file = round == 0 ? "radio-0001.arrow" : "connectivity-0001.arrow";
                using var acknowledged = await client.SendAsync(Request($"uploads/stream?name={file}", Sample.StreamOf(file), Arrow, isChunked: false));
                Assert.Equal(HttpStatusCode.Created, acknowledged.StatusCode);
                using var half = await HalfAsync(client.BaseAddress, Sample.StreamOf("connectivity-0002.arrow"));
                await Task.Delay(200);
            }
            finally
            {
                process.Kill();   // SIGKILL
                await process.WaitForExitAsync();
            }

            // as a killed process may leave it
            Directory.CreateDirectory(Path.Combine(store, "temp", $"killed{round}"));
            await using var reader = new FolderStore(store);
            await reader.OpenAsync(CancellationToken.None);
            var published = await reader.PublicationsAsync(CancellationToken.None);
            Assert.Equal(round + 1, published.Count);
            Assert.Empty(Directory.EnumerateDirectories(Path.Combine(store, "temp")));
            var page = await reader.RowsAsync(new RowQuery { Dataset = "sample" }, CancellationToken.None);
            Assert.True(page!.Total > 0);
            Assert.Equal(round + 1, page.Publication.Revision);
        }
    }

    private static Process Start(string store) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList =
        {
            Path.Combine(AppContext.BaseDirectory, "indicators.dll"), "serve", "--registry", Sample.File("registry"), "--store", store, "--dataset", "sample", "--listen", "127.0.0.1:0",
            "--select", "knr,cov_sample", "--by", "city", "--by", "factory",
        },
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;

    private static async Task<Uri> AddressAsync(Process process)
    {
        var seen = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            seen.AppendLine(line);
            if (line.StartsWith("serving at ", StringComparison.Ordinal))
            {
                return new Uri(line.Split(' ')[2]);
            }
        }

        throw new InvalidOperationException($"The server did not start: {seen}");
    }

    private static async Task<TcpClient> HalfAsync(Uri address, byte[] bytes)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/uploads/stream?name=half HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {Arrow}\r\nContent-Length: {bytes.Length}\r\n\r\n"));
        await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await stream.FlushAsync();
        await Task.Delay(300);
        return socket;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var wait = 0; !await holds(); wait++)
        {
            Assert.True(wait < 600);
            await Task.Delay(50);
        }
    }

    private static async Task<int> UploadsAsync(PortalServer server)
    {
        var text = await server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var line = text.Split('\n').SingleOrDefault(static line => line.StartsWith("indicators_upload_queue ", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line.Split(' ')[1]);
    }

    private static HttpRequestMessage Request(string path, byte[] body, string type, bool isChunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.TransferEncodingChunked = isChunked;
        return request;
    }

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> PostAsync(PortalServer server, string path, byte[] body, string type = Arrow, bool isChunked = false)
    {
        using var request = Request(path, body, type, isChunked);
        using var response = await server.Client.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
