using IndicatorCore.Tests.Cli;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>Disks and what is spilled to them, as the command line meets them.</summary>
public sealed class SpillTests : IDisposable
{
    private readonly CommandRun _command = new() { UsesRealEngine = true };

    public void Dispose() => _command.Dispose();

    [SkippableFact]
    public async Task A_full_spill_directory_ends_the_run_with_6_and_says_what_to_do()
    {
        using var disk = FullDisk.Mount();
        Assert.Equal(6, await _command.InvokeAsync("run", Energy(), "--select", "energy_kwh", "--dedup", "rows", "--memory", "2MiB", "--spill", disk.Path));
        Assert.Contains($"spill directory '{disk.Path}'", _command.Error, StringComparison.Ordinal);
        Assert.Contains("--spill DIR", _command.Error, StringComparison.Ordinal);
        Assert.Empty(_command.Out);
        Assert.Empty(disk.Names);
    }

    [Fact]
    public async Task Little_memory_gives_the_same_bytes_and_leaves_nothing_behind()
    {
        var (export, spill) = (Energy(), Path.Combine(_command.Folder, "spill"));
        string[] query = ["run", export, "--select", "energy_kwh", "--dedup", "rows", "--format", "ndjson"];
        Assert.Equal(0, await _command.InvokeAsync(query));
        var expected = _command.Out;
        Assert.Equal(0, await _command.InvokeAsync([.. query, "--memory", "2MiB", "--spill", spill]));
        Assert.Equal(expected, _command.Out);
        Assert.Empty(Directory.GetFileSystemEntries(spill));
    }

    [Fact]
    public async Task A_spill_directory_that_is_none_is_told_before_reading()
    {
        var export = Energy();
        Assert.Equal(6, await _command.InvokeAsync("run", export, "--select", "energy_kwh", "--spill", export));
        Assert.Contains("spill directory", _command.Error, StringComparison.Ordinal);
    }

    private string Energy()
    {
        var export = ExportBuilder.Table("energy").Time("interval_start").Keys("meter").Numbers("kwh");
        for (var i = 0; i < 50_000; i++)
        {
            export.Row($"2024-03-{1 + (i / 1440 % 28):00} {i / 60 % 24:00}:{i % 60:00}", $"m{i % 7}", i % 5);
        }

        var path = Path.Combine(_command.Folder, "energy.arrow");
        File.WriteAllBytes(path, export.ToBytes());
        return path;
    }
}
