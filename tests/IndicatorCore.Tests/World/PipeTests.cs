using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>Standard streams that end early, stall, or lead nowhere.</summary>
public sealed class PipeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_reader_that_leaves_ends_the_command_quietly_with_0()
    {
        Child.Require();
        SmallExport.Write(_folder, "energy.arrow", batches: 5_000);
        foreach (var verb in new[] { "indicators cat energy.arrow --format ndjson", "indicators cat energy.arrow", "indicators catalog --format json", "indicators --help" })
        {
            var (code, output, error) = Child.Run(_folder.Path, $"{verb} | head -c 10; echo \"[${{PIPESTATUS[0]}}]\"");
            Assert.Equal((0, string.Empty), (code, error));
            Assert.EndsWith("[0]\n", output, StringComparison.Ordinal);
            Assert.Equal(14, output.Length);
        }

        // also when it left before the first byte, and through a named output
        var (_, early, said) = Child.Run(
            _folder.Path, $"{SmallExport.Run} energy.arrow | true; echo ${{PIPESTATUS[0]}}; {SmallExport.Run} energy.arrow --out /dev/stdout | true; echo ${{PIPESTATUS[0]}}");
        Assert.Equal(("0\n0\n", string.Empty), (early, said));
    }

    [SkippableFact]
    public void Messages_that_cannot_be_written_change_no_exit_code()
    {
        Child.Require();
        SmallExport.Write(_folder, "energy.arrow");
        foreach (var nowhere in new[] { "2>/dev/full", "2>&-" })
        {
            Assert.Equal(6, Child.Run(_folder.Path, $"indicators run missing.arrow {nowhere}").Code);
            Assert.Equal(2, Child.Run(_folder.Path, $"indicators run --nonsense {nowhere}").Code);
            Assert.Equal(0, Child.Run(_folder.Path, $"indicators run energy.arrow --explain --verbose {nowhere}").Code);
        }
    }

    [SkippableFact]
    public void A_closed_standard_output_ends_with_6()
    {
        Child.Require();
        SmallExport.Write(_folder, "energy.arrow");
        Child.Fails(_folder.Path, 6, "Standard output is closed; name a file with --out", $"{SmallExport.Run} energy.arrow >&-");
        Assert.Equal(6, Child.Run(_folder.Path, $"{SmallExport.Run} energy.arrow <&- >&- 2>&-").Code);
        Assert.Equal(0, Child.Run(_folder.Path, $"{SmallExport.Run} energy.arrow --out r.txt <&- >&- 2>&-").Code);
        Assert.Contains("\"value\":10,", File.ReadAllText(_folder.File("r.txt")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Standard_input_that_ends_early_is_truncated()
    {
        Child.Require();
        var bytes = SmallExport.Energy(batches: 3, format: IpcFormat.Stream);
        _folder.Write("energy.arrows", bytes);
        Child.Fails(_folder.Path, 3, "The input is empty, not an Arrow stream (-", $"{SmallExport.Run} - < /dev/null");
        Child.Fails(_folder.Path, 3, "The input is empty, not an Arrow stream (-", $"{SmallExport.Run} - <&-", seconds: 20);
        foreach (var length in new[] { 1, 7, 8, 100, bytes.Length / 2, bytes.Length - 300 })
        {
            var (code, output, error) = Child.Run(_folder.Path, $"head -c {length} energy.arrows | {SmallExport.Run} -");
            Assert.True((code, output) == (3, string.Empty), $"{length}: exit {code}, {error}");
            Assert.Matches("^error: .*\\(-(, table energy)?(, batch [0-9]+)?, offset [0-9]+\\).*\n$", error);
        }

        Child.Fails(_folder.Path, 6, "Is a directory", $"{SmallExport.Run} - < .");
        Child.Fails(_folder.Path, 3, "ends before its schema (-", $"{SmallExport.Run} - < /dev/zero");
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Standard_input_that_stalls_can_be_interrupted()
    {
        Child.Require();
        SmallExport.Write(_folder, "energy.arrows", batches: 3, format: IpcFormat.Stream);
        foreach (var start in new[] { "true", "head -c 900 energy.arrows >&3" })
        {
            var (code, output, error) = Child.Run(
                _folder.Path,
                $"rm -f pipe; mkfifo pipe; exec 3<>pipe; {start}; (exec {Child.Command} run - --select energy_kwh --out r.txt) <pipe & pid=$!; sleep 1.5; kill -TERM $pid; wait $pid",
                seconds: 25);
            Assert.Equal((130, string.Empty, "interrupted\n"), (code, output, error));
            Assert.False(File.Exists(_folder.File("r.txt")));
        }
    }
}
