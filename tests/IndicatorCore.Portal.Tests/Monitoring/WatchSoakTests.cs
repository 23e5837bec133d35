using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Monitoring;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;
using Xunit.Abstractions;

namespace IndicatorCore.Portal.Tests.Monitoring;

/// <summary>Days in minutes: <c>WATCH_SOAK_ROWS</c> rows (30,000) in exports of <c>WATCH_SOAK_BATCH</c> rows (100), <c>WATCH_SOAK_REVISIONS</c> revisions (100), <c>WATCH_SOAK_KILLS</c> ends (12).</summary>
[Trait("Category", "Slow")]
[Collection(Alone.Name)]
public sealed class WatchSoakTests(ITestOutputHelper output) : IDisposable
{
    private readonly CommandLine _command = new();

    private static PortalRecipe Recipe => new()
    {
        Dataset = "sample",
        Query = new IndicatorQuery { Select = ["cov_sample", "knr"], Threads = 1, Profile = DefinitionProfileReader.Read("test-no-floor") },
        Levels = ["factory"],
        Windows = [],
    };

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Hundreds_of_exports_leave_memory_and_handles_flat_and_the_figures_of_one_run()
    {
        var exports = await SmallExports.MakeAsync(_command, Size("WATCH_SOAK_ROWS", 30_000), Size("WATCH_SOAK_BATCH", 100));
        Assert.True(exports.Count > 100, $"{exports.Count} exports");
        await using var site = await WatchSite.OpenAsync();
        site.Recipe = Recipe;
        site.Rules = new AlertRules
        {
            Rules =
            [
                .. AlertRules.None.Rules,
                new AlertRule { Name = "low", Kind = AlertKind.Below, Indicator = "knr", Threshold = -1, Clear = -1 },
                new AlertRule { Name = "silent", Kind = AlertKind.Silent, IsByFactory = true, After = TimeSpan.FromDays(10_000) },
                new AlertRule { Name = "all", Kind = AlertKind.Silent, After = TimeSpan.FromDays(10_000) },
            ],
        };
        var watch = site.Watch();
        var marks = new List<(long Memory, int Handles)>();
        var clock = Stopwatch.StartNew();
        var perLook = Math.Max(1, exports.Count / Size("WATCH_SOAK_REVISIONS", 100));
        var at = 0;
        var looks = 0;
        for (var turn = 0; at < exports.Count || turn % 2 == 1; turn++)
        {
            for (var i = 0; i < perLook && at < exports.Count && turn % 2 == 0; i++, at++)
            {
                File.Move(exports[at], Path.Combine(site.Incoming, Path.GetFileName(exports[at])));
                if (at % 10 == 0)
                {
                    File.Copy(Path.Combine(site.Incoming, Path.GetFileName(exports[at])), Path.Combine(site.Incoming, $"copy-{at}.arrows"));
                }
            }

            await watch.LookAsync(default);
            looks++;
            site.Time.Advance(TimeSpan.FromSeconds(30));
            if (turn % (exports.Count / perLook / 3) == exports.Count / perLook / 6)
            {
                marks.Add((GC.GetTotalMemory(forceFullCollection: true), OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : 0));
            }
        }

        await watch.LookAsync(default);
        marks.Add((GC.GetTotalMemory(forceFullCollection: true), OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : 0));
        output.WriteLine($"{exports.Count} exports, {looks} looks, {await site.RevisionAsync()} revisions in {clock.Elapsed.TotalSeconds:F1} s");
        output.WriteLine(string.Join("; ", marks.Select(static mark => $"{mark.Memory / 1024.0 / 1024.0:F1} MiB, {mark.Handles} handles")));
        Assert.Empty(await site.AlertsAsync());
        Assert.Equal(await WatchSite.RowsOfAsync(Recipe, [site.Incoming]), await site.RowsAsync());
        Assert.InRange(marks[^1].Memory - marks[0].Memory, long.MinValue, 16 << 20);
        Assert.InRange(marks[^1].Handles, 0, marks[0].Handles + 80);   // the store keeps 64 revisions open
    }

    [Fact]
    public async Task Killed_at_any_moment_it_counts_nothing_twice_and_loses_nothing()
    {
        var exports = await SmallExports.MakeAsync(_command, Size("WATCH_SOAK_ROWS", 30_000) / 3, Size("WATCH_SOAK_BATCH", 100));
        var incoming = Directory.CreateDirectory(_command.Folder.File("incoming")).FullName;
        var place = _command.Folder.File("store");
        var kills = Size("WATCH_SOAK_KILLS", 12);
        var random = new Random(20_260_301);
        var rules = _command.Folder.File("alerts.json");
        await File.WriteAllTextAsync(rules, """{"rules": [{"name": "a", "kind": "above", "indicator": "knr", "threshold": -1}, {"name": "b", "kind": "above", "indicator": "cov_sample", "threshold": -1}]}""");
        var at = 0;
        for (var round = 0; round < kills; round++)
        {
            for (var last = exports.Count * (round + 1) / kills; at < last; at++)
            {
                File.Copy(exports[at], Path.Combine(incoming, Path.GetFileName(exports[at])));
            }

            using var process = Start(incoming, place, rules);
            var drained = process.StandardError.ReadToEndAsync();
            await Task.Delay(random.Next(200, 4_000));
            process.Kill();
            await process.WaitForExitAsync();
            await drained;
        }

        using (var process = Start(incoming, place, rules, "--once"))
        {
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, said);
        }

        await using var store = new FolderStore(place);
        await store.OpenAsync(default);
        Assert.Equal(await WatchSite.RowsOfAsync(Recipe, [incoming]), await WatchSite.RowsAsync(store, "sample"));
        var ids = (await store.TailAsync("alerts", 10_000, default)).Select(static line => JsonNode.Parse(line.Span)!).Select(static alert => $"{alert["rule"]} {alert["group"]!["factory"]}").ToList();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct().Count(), ids.Count);
        output.WriteLine($"{exports.Count} exports, {kills} kills, {(await store.FindAsync("sample", null, default))!.Revision} revisions, {ids.Count} alerts");
    }

    private static Process Start(string incoming, string store, string rules, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, UseShellExecute = false };
        string[] line =
        [
            Path.Combine(AppContext.BaseDirectory, "indicators.dll"), "watch", incoming, "--store", store, "--dataset", "sample", "--select", "cov_sample,knr", "--by", "factory", "--profile", "test-no-floor",
            "--series", "", "--threads", "1", "--every", "50ms", "--alerts", rules, .. more,
        ];
        Array.ForEach(line, start.ArgumentList.Add);
        return Process.Start(start)!;
    }

    private static int Size(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : usual;
}
