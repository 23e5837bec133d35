using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using IndicatorCore.Portal.Monitoring;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Monitoring;

public sealed class AlertTests
{
    private static readonly AlertRule s_low = new() { Name = "low", Kind = AlertKind.Below, Indicator = "knr", Threshold = 0.8, Clear = 0.9 };

    [Fact]
    public async Task A_threshold_raises_once_and_clears_once_with_hysteresis()
    {
        await using var site = await OpenAsync(s_low);
        var states = new List<int>();
        foreach (var value in new double?[] { 0.85, 0.79999999, 0.5, 0.85, null, 0.9, 0.95, 0.7 })
        {
            await site.PublishAsync(value);

            // another process each time: what is open is in the store
            var watch = site.Watch();
            await watch.LookAsync(default);
            await watch.LookAsync(default);
            states.Add((await site.AlertsAsync()).Count);
        }

        Assert.Equal([0, 1, 1, 1, 1, 2, 2, 3], states);
        var alerts = await site.AlertsAsync();
        Assert.Equal(["raised", "cleared", "raised"], alerts.Select(static alert => (string)alert["state"]!));
        Assert.Equal("F001", (string?)alerts[0]["group"]!["factory"]);
        Assert.Equal((0.79999999, 0.8, "knr", "below", 2), ((double)alerts[0]["value"]!, (double)alerts[0]["threshold"]!, (string)alerts[0]["indicator"]!, (string)alerts[0]["kind"]!, (int)alerts[0]["revision"]!));
        Assert.Equal(["sample/1", "sample/2", "sample/3"], alerts.Select(static alert => (string)alert["id"]!));
    }

    [Fact]
    public async Task What_is_suppressed_raises_nothing()
    {
        await using var site = await OpenAsync(s_low with { Kind = AlertKind.Above, Threshold = -1, Clear = -1 });
        await site.PublishAsync(null);
        await site.Watch().LookAsync(default);
        Assert.Empty(await site.AlertsAsync());
        await site.PublishAsync(0.1);
        await site.Watch().LookAsync(default);
        Assert.Single(await site.AlertsAsync());
    }

    [Fact]
    public async Task The_newest_window_of_a_group_is_judged()
    {
        // February of F003 is 0.5, that of F001 is 0.9
        await using var site = await OpenAsync(s_low with { View = "month" }, s_low with { Name = "one", View = "month", Group = [KeyValuePair.Create("factory", (string?)"F001")] });
        await site.PublishAsync(1);
        await site.Watch().LookAsync(default);
        Assert.Equal("F003", (string?)Assert.Single(await site.AlertsAsync())["group"]!["factory"]);
    }

    [Fact]
    public async Task Changed_rules_are_judged_without_a_new_revision_and_what_nobody_asks_for_is_forgotten()
    {
        await using var site = await OpenAsync(s_low);
        await site.PublishAsync(0.85);
        await site.Watch().LookAsync(default);
        Assert.Empty(await site.AlertsAsync());
        site.Rules = RulesOf(s_low with { Threshold = 0.9 });
        await site.Watch().LookAsync(default);
        Assert.Single(await site.AlertsAsync());
        site.Rules = RulesOf(s_low with { Name = "other", Threshold = 0.1, Clear = 0.1 });
        await site.Watch().LookAsync(default);
        site.Rules = RulesOf(s_low with { Threshold = 0.9 });
        await site.Watch().LookAsync(default);
        Assert.Equal(["raised", "raised"], (await site.AlertsAsync()).Select(static alert => (string)alert["state"]!));
    }

    [Fact]
    public async Task Silence_is_raised_by_event_time_and_cleared_when_data_comes()
    {
        await using var site = await OpenAsync(new AlertRule { Name = "quiet", Kind = AlertKind.Silent, After = TimeSpan.FromHours(24), IsByFactory = true });
        var watch = site.Watch();
        await watch.LookAsync(default);
        Assert.Empty(await site.AlertsAsync());

        // its last event is of 2024, and the clock says 2026; F002 and F003 have never been heard of
        await site.PublishAsync(0.9);
        await watch.LookAsync(default);
        await watch.LookAsync(default);
        var alert = Assert.Single(await site.AlertsAsync(), static alert => (string?)alert["group"]!["factory"] == "F001");
        Assert.Equal("F001: no data since 2024-02-29T16:00:00Z", (string?)alert["text"]);
        var before = (await site.AlertsAsync()).Count;
        await site.PublishAsync(0.9);
        await site.Watch().LookAsync(default);
        Assert.Equal(before, (await site.AlertsAsync()).Count);
        var now = (site.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        await site.Store.PublishAsync(Drafts.Make(follows: 2, rows: [Drafts.Row("knr", [("factory", "F001")], Drafts.January, now - 3_600_000_000_000, 0.9)]), default);
        await site.Watch().LookAsync(default);
        alert = (await site.AlertsAsync())[^1];
        Assert.Equal(("cleared", "F001", before + 1), ((string?)alert["state"], (string?)alert["group"]!["factory"], (await site.AlertsAsync()).Count));
        site.Time.Advance(TimeSpan.FromHours(24));
        await site.Watch().LookAsync(default);
        Assert.Equal("raised", (string?)(await site.AlertsAsync())[^1]["state"]);
    }

    [Fact]
    public async Task Declared_figures_that_drift_are_raised()
    {
        await using var site = await WatchSite.OpenAsync();
        site.Rules = RulesOf(new AlertRule { Name = "drift", Kind = AlertKind.Drift });
        site.Recipe = Sample.Recipe("knr", "cov_sample") with { Query = Sample.Recipe("knr", "cov_sample").Query with { Profile = IndicatorCore.Indicators.DefinitionProfileReader.Read("test-no-floor") } };
        foreach (var file in new[] { "connectivity-0001.arrow", "connectivity-0002.arrow", "radio-0001.arrow" })
        {
            site.Bring(file);
        }

        var look = await site.Watch().RunOnceAsync(default);
        await using var stream = (await site.Store.OpenAsync("sample", look.Publication!.Revision, Portal.Storage.Attachment.Declared, default))!;
        var declared = (await JsonNode.ParseAsync(stream))!["results"]!.AsArray();
        var drifting = declared.Where(static figure => (string?)figure!["verdict"] is "OVERSTATED" or "UNDERSTATED").Select(static figure => (string)figure!["factory"]! + (string)figure["indicator"]!).Distinct().Order().ToList();
        Assert.NotEmpty(drifting);
        Assert.Equal(drifting, (await site.AlertsAsync()).Select(static alert => (string)alert["group"]!["factory"]! + (string)alert["indicator"]!).Distinct().Order());
    }

    [Fact]
    public async Task An_end_between_document_and_log_logs_nothing_twice_and_loses_nothing()
    {
        var store = new MemoryStore();
        var finding = new Finding(s_low, "k", FindingVerdict.Raise, "text");
        var book = new AlertBook(store, "sample", hasWebhook: true);
        await book.EnterAsync([finding], 1, judged: null, DateTimeOffset.UnixEpoch, default);
        var waiting = (await store.ReadDocumentAsync((await NameAsync(store))!, default))!.Content;

        // the process ends after the document: the next one logs it
        Assert.Single(await new AlertBook(store, "sample", hasWebhook: true).FlushAsync(default));

        // the process ends after the log: the document still has it, and the log is not written again
        await store.WriteDocumentAsync((await NameAsync(store))!, 2, waiting, default);
        Assert.Empty(await new AlertBook(store, "sample", hasWebhook: true).FlushAsync(default));
        Assert.Single(store.Logs["alerts"]);
        Assert.Single(await book.UndeliveredAsync(default));
        await book.EnterAsync([finding], 2, judged: null, DateTimeOffset.UnixEpoch, default);
        Assert.Single(await book.UndeliveredAsync(default));
    }

    [Fact]
    public async Task A_webhook_gets_each_alert_signed_over_failures_and_restarts()
    {
        using var hook = new Hook();
        await using var site = await OpenAsync(s_low);
        site.Rules = site.Rules with { Webhook = new WebhookTarget(hook.Address, "SECRET", TimeSpan.FromSeconds(5)) };
        await site.PublishAsync(0.1);
        hook.Status = 503;
        await site.Watch(static options => options with { WebhookSecret = "s3cret" }).RunOnceAsync(default);
        Assert.Single(await site.AlertsAsync());
        Assert.Single(hook.Bodies);
        Assert.Contains(site.Said, static line => line.Contains("it answers 503", StringComparison.Ordinal));
        Assert.DoesNotContain(site.Said, static line => line.Contains("s3cret", StringComparison.Ordinal) || line.Contains("token=", StringComparison.Ordinal));

        // another process delivers, once
        hook.Status = 204;
        await site.Watch(static options => options with { WebhookSecret = "s3cret" }).RunOnceAsync(default);
        await site.Watch(static options => options with { WebhookSecret = "s3cret" }).RunOnceAsync(default);
        Assert.Equal(2, hook.Bodies.Count);
        var (body, signature) = hook.Bodies.Last();
        Assert.Equal("low", (string?)JsonNode.Parse(body)!["rule"]);
        var seconds = site.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal($"t={seconds},sha256={Convert.ToHexStringLower(HMACSHA256.HashData("s3cret"u8, Encoding.UTF8.GetBytes($"{seconds}.{body}")))}", signature);
    }

    [Fact]
    public async Task A_webhook_that_hangs_stops_no_watch()
    {
        using var hook = new Hook { IsHanging = true };
        await using var site = await OpenAsync(s_low);
        site.Rules = site.Rules with { Webhook = new WebhookTarget(hook.Address, null, TimeSpan.FromMinutes(1)) };
        await site.PublishAsync(0.1);
        using var stop = new CancellationTokenSource();
        var running = site.Watch().RunAsync(stop.Token);
        await UntilAsync(() => hook.Bodies.Count == 1);
        await File.WriteAllTextAsync(Path.Combine(site.Incoming, "a.arrow"), "no export");
        await UntilAsync(() => { lock (site.Said) { return site.Said.Exists(static line => line.StartsWith("a.arrow: waits", StringComparison.Ordinal)); } });
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Single(hook.Bodies);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var wait = 0; !holds(); wait++)
        {
            Assert.True(wait < 3_000);
            await Task.Delay(10);
        }
    }

    private static async Task<string?> NameAsync(MemoryStore store)
    {
        var name = $"watch-{Convert.ToHexStringLower(SHA256.HashData("sample"u8))[..16]}";
        return await store.ReadDocumentAsync(name, default) is null ? null : name;
    }

    private static AlertRules RulesOf(params AlertRule[] rules) => new() { Rules = [.. rules, .. AlertRules.None.Rules] };

    private static async Task<WatchSite> OpenAsync(params AlertRule[] rules)
    {
        var site = await WatchSite.OpenAsync();
        site.Rules = RulesOf(rules);
        return site;
    }

    private sealed class Hook : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Hook()
        {
            using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/hook?token=abc");
            }

            _listener.Prefixes.Add($"http://127.0.0.1:{Address.Port}/");
            _listener.Start();
            _ = ServeAsync();
        }

        public Uri Address { get; }

        public int Status { get; set; } = 200;

        public bool IsHanging { get; init; }

        public ConcurrentQueue<(string Body, string? Signature)> Bodies { get; } = [];

        public void Dispose() => _listener.Close();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                    Bodies.Enqueue((await reader.ReadToEndAsync(), context.Request.Headers["X-Indicators-Signature"]));
                    if (!IsHanging)
                    {
                        context.Response.StatusCode = Status;
                        context.Response.Close();
                    }
                }
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
            {
                // closed
            }
        }
    }
}
