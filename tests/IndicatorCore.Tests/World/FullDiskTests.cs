using System.Text;
using IndicatorCore.Tests.Cli;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>Disks that fill while something is written: exit 6, no half of an output, and what was there stays.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly CommandRun _command = new() { UsesRealEngine = true };

    public void Dispose() => _command.Dispose();

    [SkippableTheory]
    [InlineData("r.json")]
    [InlineData("m.json")]
    public async Task Results_and_manifest_appear_together_or_not_at_all(string onFullDisk)
    {
        using var disk = FullDisk.Mount();
        var export = Radio();
        string[] paths = [.. new[] { "r.json", "m.json" }.Select(name => Path.Combine(name == onFullDisk ? disk.Path : _command.Folder, name))];
        foreach (var path in paths)
        {
            await File.WriteAllTextAsync(path, "old");
        }

        Exhaust(disk);
        Assert.Equal(
            6, await _command.InvokeAsync("run", export, "--select", "cov_sample", "--format", "json", "--out", paths[0], "--manifest", paths[1]));
        Assert.Contains("No space left on device", _command.Error, StringComparison.Ordinal);
        Assert.Equal(["old", "old"], paths.Select(File.ReadAllText));
        Assert.Equal([onFullDisk, "rest"], disk.Names);
        Assert.Equal(2, Directory.GetFileSystemEntries(_command.Folder).Length);   // the export, and the other output
    }

    [SkippableFact]
    public async Task When_the_manifest_finds_no_room_nothing_goes_to_standard_output()
    {
        using var disk = FullDisk.Mount();
        var export = Radio();
        Exhaust(disk);
        Assert.Equal(6, await _command.InvokeAsync("run", export, "--select", "cov_sample", "--manifest", Path.Combine(disk.Path, "m.json")));
        Assert.Empty(_command.Out);
        Assert.Contains("No space left on device", _command.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Rows_of_cat_that_do_not_fit_leave_the_old_file()
    {
        using var disk = FullDisk.Mount();
        var rows = Path.Combine(disk.Path, "rows.csv");
        await File.WriteAllTextAsync(rows, "old");
        disk.Fill(free: 64 * 1024);
        var export = Radio(rows: 50_000);
        Assert.Equal(6, await _command.InvokeAsync("cat", export, "--format", "csv", "--out", rows));
        Assert.Equal("old", await File.ReadAllTextAsync(rows));
        Assert.Equal(["rows.csv"], disk.Names);
    }

    [SkippableFact]
    public async Task An_import_that_does_not_fit_leaves_the_old_file()
    {
        using var disk = FullDisk.Mount();
        var text = new StringBuilder("event_ts,rsrp_dbm,sinr_db\n");
        for (var i = 0; i < 100_000; i++)
        {
            text.Append($"2024-03-01 {i / 3600 % 24:00}:{i / 60 % 60:00}:{i % 60:00},-{80 + (i * 7919 % 4001 / 100.0):0.00},{i * 104729 % 3001 / 100.0:0.00}\n");
        }

        var csv = _command.Write("radio.csv", text.ToString());
        var profile = _command.Write("s.json", """{"table": "radio", "zone": "Asia/Shanghai", "columns": {"event_ts": {"format": "yyyy-MM-dd HH:mm:ss"}}}""");
        var arrow = Path.Combine(disk.Path, "radio.arrow");
        await File.WriteAllTextAsync(arrow, "old");
        disk.Fill(free: 128 * 1024);
        Assert.Equal(6, await _command.InvokeAsync("import", "csv", csv, "--source", profile, "--out", arrow));
        Assert.Contains("No space left on device", _command.Error, StringComparison.Ordinal);
        Assert.Equal("old", await File.ReadAllTextAsync(arrow));
        Assert.Equal(["radio.arrow"], disk.Names);
    }

    [SkippableFact]
    public async Task A_province_that_does_not_fit_leaves_the_old_one()
    {
        using var disk = FullDisk.Mount();
        disk.Fill(free: 400 * 1024);
        var old = Path.Combine(disk.Path, "dump");
        Directory.CreateDirectory(old);
        await File.WriteAllTextAsync(Path.Combine(old, "connectivity-0001.arrow"), "old");
        Assert.Equal(6, await _command.InvokeAsync("generate", "--out", old, "--rows", "60k", "--factories", "2", "--quiet"));
        Assert.Contains("No space left on device", _command.Error, StringComparison.Ordinal);
        Assert.Equal(["connectivity-0001.arrow"], Directory.EnumerateFileSystemEntries(old).Select(Path.GetFileName));
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(old, "connectivity-0001.arrow")));
        var fresh = Path.Combine(disk.Path, "fresh");
        Assert.Equal(6, await _command.InvokeAsync("generate", "--out", fresh, "--rows", "60k", "--factories", "2", "--quiet"));
        Assert.False(Directory.Exists(fresh));
    }

    [SkippableFact]
    public void Standard_output_to_a_full_device_ends_with_6()
    {
        Child.Require();
        Skip.IfNot(File.Exists("/dev/full"), "There is no /dev/full here.");
        using var folder = new TemporaryFolder();
        SmallExport.Write(folder, "energy.arrow");
        Child.Fails(folder.Path, 6, "No space left on device", $"{SmallExport.Run} energy.arrow > /dev/full");
        Child.Fails(folder.Path, 6, "No space left on device", $"{SmallExport.Run} energy.arrow --out /dev/full");
        Child.Fails(folder.Path, 6, "No space left on device", "indicators cat energy.arrow > /dev/full");
        Child.Fails(folder.Path, 6, "No space left on device", "indicators catalog > /dev/full");
    }

    private static void Exhaust(FullDisk disk)
    {
        using var file = new FileStream(Path.Combine(disk.Path, "rest"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // full
        }
    }

    private string Radio(int rows = 300)
    {
        var path = Path.Combine(_command.Folder, "radio.arrow");
        RadioExport.Write(path, rows, rowsPerBatch: 1000);
        return path;
    }
}
