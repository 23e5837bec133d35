using IndicatorCore.Indicators;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Monitoring;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Monitoring;

public sealed class ExportWatchTests
{
    [Fact]
    public async Task Files_of_one_look_are_one_revision_and_late_ones_another()
    {
        await using var site = await WatchSite.OpenAsync();
        var watch = site.Watch();
        Assert.Null((await watch.LookAsync(default)).Publication);
        site.Bring("radio-0001.arrow");
        site.Bring("connectivity-0002.arrow", "inner/deep/connectivity.feather");
        await File.WriteAllTextAsync(Path.Combine(site.Incoming, "note.txt"), "no export");
        Assert.Equal(0, (await watch.LookAsync(default)).Taken);   // it may still be written to
        var look = await watch.LookAsync(default);
        Assert.Equal((1, true, 2), (look.Publication!.Revision, look.IsNew, look.Taken));
        site.Bring("connectivity-0001.arrow");
        await watch.LookAsync(default);
        look = await watch.LookAsync(default);
        Assert.Equal((2, true, 1), (look.Publication!.Revision, look.IsNew, look.Taken));
        Assert.False((await watch.LookAsync(default)).IsNew);
        Assert.Equal(
            await WatchSite.RowsOfAsync(site.Recipe, [Sample.File("radio-0001.arrow"), Sample.File("connectivity-0001.arrow"), Sample.File("connectivity-0002.arrow")]),
            await site.RowsAsync());
        Assert.NotNull(await site.Store.OpenAsync("sample", 2, Attachment.Difference, default));
        Assert.Contains(site.Said, static line => line.StartsWith("sample: revision 2 with 1 file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Copies_replays_and_restarts_change_nothing()
    {
        await using var site = await WatchSite.OpenAsync();
        site.Bring("radio-0001.arrow");
        site.Bring("connectivity-0002.arrow");
        Assert.Equal(2, (await site.Watch().RunOnceAsync(default)).Taken);
        var rows = await site.RowsAsync();
        site.Bring("connectivity-0002-resend.arrow");
        site.Bring("radio-0001.arrow", "renamed/again.arrow");
        var look = await site.Watch().RunOnceAsync(default);
        Assert.Equal((1, false, 4), (look.Publication!.Revision, look.IsNew, look.Taken));
        Assert.Equal(rows, await site.RowsAsync());
    }

    [Theory]
    [InlineData("file.arrow")]
    [InlineData("stream.arrows")]
    public async Task What_is_not_whole_is_waited_for_and_stops_no_other(string name)
    {
        await using var site = await WatchSite.OpenAsync();
        var watch = site.Watch();
        var whole = name.EndsWith('s') ? Sample.StreamOf("radio-0001.arrow") : await File.ReadAllBytesAsync(Sample.File("radio-0001.arrow"));
        var path = Path.Combine(site.Incoming, name);
        await File.WriteAllBytesAsync(path, whole[..^8]);   // what lacks is the end alone
        site.Bring("connectivity-0001.arrow");
        await watch.LookAsync(default);
        var look = await watch.LookAsync(default);
        Assert.Equal((1, 1, 1, 0), (look.Publication!.Revision, look.Taken, look.Waiting, look.SetAside));
        site.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(1, (await watch.LookAsync(default)).Waiting);
        Assert.Empty(await site.AlertsAsync());
        site.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, (await watch.LookAsync(default)).SetAside);
        await watch.LookAsync(default);
        var alert = Assert.Single(await site.AlertsAsync());
        Assert.Equal(("set_aside", "raised", "sample"), ((string?)alert["kind"], (string?)alert["state"], (string?)alert["dataset"]));
        Assert.Contains(name, (string)alert["text"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Incoming, alert.ToJsonString(), StringComparison.Ordinal);

        // a restart says nothing twice, and what comes at last is taken
        watch = site.Watch();
        await watch.LookAsync(default);
        await watch.LookAsync(default);
        site.Time.Advance(TimeSpan.FromMinutes(11));
        await watch.LookAsync(default);
        Assert.Single(await site.AlertsAsync());
        await File.WriteAllBytesAsync(path, whole);
        await watch.LookAsync(default);
        look = await watch.LookAsync(default);
        Assert.Equal((2, 1, 0), (look.Publication!.Revision, look.Taken, look.SetAside));
        Assert.Equal(["raised", "cleared"], (await site.AlertsAsync()).Select(static line => (string)line["state"]!));
        Assert.Equal(await WatchSite.RowsOfAsync(site.Recipe, [Sample.File("radio-0001.arrow"), Sample.File("connectivity-0001.arrow")]), await site.RowsAsync());
    }

    [Fact]
    public async Task A_file_that_is_damaged_inside_stops_no_other()
    {
        await using var site = await WatchSite.OpenAsync();
        var watch = site.Watch();
        var bytes = await File.ReadAllBytesAsync(Sample.File("radio-0001.arrow"));
        bytes.AsSpan(bytes.Length / 3, 40_000).Fill(0xEE);
        await File.WriteAllBytesAsync(Path.Combine(site.Incoming, "a.arrow"), bytes);
        await File.WriteAllTextAsync(Path.Combine(site.Incoming, "b.arrow"), "time,rsrp\n");
        site.Bring("connectivity-0001.arrow");
        await watch.LookAsync(default);
        var look = await watch.LookAsync(default);
        Assert.Equal((1, 1, 2), (look.Publication!.Revision, look.Taken, look.Waiting));
        site.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(2, (await watch.LookAsync(default)).SetAside);
        Assert.Equal(2, (await site.AlertsAsync()).Count);
        File.Delete(Path.Combine(site.Incoming, "b.arrow"));
        Assert.Equal(1, (await watch.LookAsync(default)).SetAside);
        Assert.Contains("b.arrow is gone", (string)(await site.AlertsAsync())[^1]["text"]!, StringComparison.Ordinal);
        Assert.Equal(1, await site.RevisionAsync());
    }

    [Fact]
    public async Task Patience_goes_on_from_one_call_of_a_scheduler_to_the_next()
    {
        await using var site = await WatchSite.OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(site.Incoming, "a.arrow"), "no export");
        Assert.Equal((1, 0), Counts(await site.Watch().RunOnceAsync(default)));
        site.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal((0, 1), Counts(await site.Watch().RunOnceAsync(default)));
        Assert.Equal((0, 1), Counts(await site.Watch().RunOnceAsync(default)));
        Assert.Single(await site.AlertsAsync());
        await File.WriteAllTextAsync(Path.Combine(site.Incoming, "a.arrow"), "no export, but another one");
        Assert.Equal((1, 0), Counts(await site.Watch().RunOnceAsync(default)));

        static (int Waiting, int SetAside) Counts(WatchLook look) => (look.Waiting, look.SetAside);
    }

    [Fact]
    public async Task Who_publishes_besides_loses_nothing()
    {
        await using var site = await WatchSite.OpenAsync();
        site.Bring("radio-0001.arrow");
        var other = new Publisher(site.Store).PublishAsync(site.Recipe, static (engine, token) => engine.ReadAsync(Sample.File("connectivity-0001.arrow"), token), default);
        await site.Watch().RunOnceAsync(default);
        await other;
        Assert.Equal(2, await site.RevisionAsync());
        Assert.Equal(await WatchSite.RowsOfAsync(site.Recipe, [Sample.File("radio-0001.arrow"), Sample.File("connectivity-0001.arrow")]), await site.RowsAsync());
    }

    [Fact]
    public async Task A_changed_registry_is_said_once()
    {
        await using var site = await WatchSite.OpenAsync();
        var file = site.Folder.File("registry.txt");
        await File.WriteAllTextAsync(file, "1");
        var watch = site.Watch(options => options with { Settings = [file], Reload = () => site.Recipe.Query with { Registry = Sample.Registry with { Digest = new string('a', 64) } } });
        await watch.LookAsync(default);
        Assert.Empty(site.Said);
        await File.WriteAllTextAsync(file, "22");
        await watch.LookAsync(default);
        await watch.LookAsync(default);
        Assert.Contains("the registry has changed", Assert.Single(site.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_said_once_and_the_watch_goes_on_until_it_is_stopped()
    {
        await using var site = await WatchSite.OpenAsync();
        var store = new MemoryStore { Fault = new StoreUnavailableException("The store does not answer.") };
        using var stop = new CancellationTokenSource();
        var said = 0;
        using var watch = new ExportWatch(
            store, site.Recipe, new ExportWatchOptions { Folder = site.Incoming, Every = TimeSpan.FromMilliseconds(5), Problem = _ => Interlocked.Increment(ref said) }, site.Time);
        var running = watch.RunAsync(stop.Token);
        await Task.Delay(100);
        store.Fault = null;
        await Task.Delay(30);
        await stop.CancelAsync();
        await running;
        Assert.Equal(1, said);
    }

    [Fact]
    public async Task An_export_without_rows_is_taken_once()
    {
        await using var site = await WatchSite.OpenAsync();
        site.Bring("connectivity-0001.arrow");
        await site.Watch().RunOnceAsync(default);
        var stream = Sample.StreamOf("radio-0001.arrow");
        var schema = 8 + System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(stream.AsSpan(4));
        await File.WriteAllBytesAsync(Path.Combine(site.Incoming, "empty.arrows"), [.. stream[..schema], 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]);
        var look = await site.Watch().RunOnceAsync(default);
        Assert.Equal((2, 0), (look.Taken, look.Waiting));
        var revision = look.Publication!.Revision;
        Assert.Equal(revision, (await site.Watch().RunOnceAsync(default)).Publication!.Revision);
        Assert.Equal(revision, (await site.Watch().RunOnceAsync(default)).Publication!.Revision);
    }

    [Fact]
    public async Task Disclosure_is_part_of_the_question()
    {
        await using var site = await WatchSite.OpenAsync();
        site.Bring("connectivity-0001.arrow");
        var look = await site.Watch().RunOnceAsync(default);
        Assert.Equal(site.Recipe.Query.Profile.ApplyDisclosure, look.Publication!.IsDisclosed);
        Assert.Equal(Window.Month, Assert.Single(site.Recipe.Windows));
    }
}
