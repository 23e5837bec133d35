using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>Files that change between the moment they are opened and the last read.</summary>
public sealed class ChangedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>What may happen to a file, and what is said of it.</summary>
    public static TheoryData<string, string> Changes => new()
    {
        { "same size", "was written to" },
        { "longer", "was written to" },
        { "shorter", "became shorter" },
        { "renamed over", "was replaced" },
        { "renamed over by equal bytes", "was replaced" },
        { "removed", "was removed" },
    };

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Changes))]
    public void A_file_that_changes_under_the_reader_is_refused(string change, string message)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Inodes and nanoseconds are looked at on Linux.");
        var path = SmallExport.Write(_folder, "energy.arrow", batches: 200);
        using var reader = IpcFileReader.Open(path);
        using var lease = new BatchLease();
        var projection = Projection.Of(reader.Schema, [0, 1]);
        reader.Read(0, projection, lease);
        Change(path, change);
        var fault = Assert.Throws<InputChangedException>(() =>
        {
            for (var i = 1; i < reader.BatchCount; i++)
            {
                reader.Read(i, projection, lease);
            }

            reader.CheckUnchanged();
        });
        Assert.Equal((DataFault.InputChanged, path), (fault.Kind, fault.Location.File));
        Assert.Contains(change == "shorter" ? "while it was being read" : message, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Export to another name and rename when finished", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_stays_as_it_is_passes()
    {
        var path = SmallExport.Write(_folder, "energy.arrow");
        using var reader = IpcFileReader.Open(path);
        Assert.Equal(reader.Length, File.ReadAllBytes(path).Length);   // read by others
        reader.CheckUnchanged();
    }

    [SkippableFact]
    public void A_rewrite_within_a_microsecond_of_the_same_size_is_noticed()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Inodes and nanoseconds are looked at on Linux.");
        var path = SmallExport.Write(_folder, "energy.arrow");
        File.SetLastWriteTimeUtc(path, new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc));
        using var reader = IpcFileReader.Open(path);
        File.SetLastWriteTimeUtc(path, new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(1));
        Assert.Throws<InputChangedException>(reader.CheckUnchanged);
    }

    [SkippableTheory]
    [MemberData(nameof(Changes))]
    public async Task A_file_that_is_read_as_a_stream_is_held_against_its_beginning_too(string change, string message)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Inodes and nanoseconds are looked at on Linux.");
        var path = SmallExport.Write(_folder, "energy.arrows", batches: 50, format: IpcFormat.Stream);
        await using var stream = await ExportStream.OpenAsync(path, CancellationToken.None);
        Assert.Equal(4, await stream.ReadAsync(new byte[4]));
        stream.CheckUnchanged();
        Change(path, change);
        var fault = Assert.Throws<InputChangedException>(stream.CheckUnchanged);
        Assert.Equal(path, fault.Location.File);
        Assert.NotEmpty(message);
    }

    [SkippableTheory]
    [MemberData(nameof(Changes))]
    public async Task A_run_over_a_file_that_changes_gives_no_answer(string change, string message)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Inodes and nanoseconds are looked at on Linux.");
        var path = SmallExport.Write(_folder, "energy.arrow", batches: 50);
        await using var engine = new IndicatorEngine(Reports.NoFloor with { Threads = 1 });
        engine.Progress = new OnFirst(() => Change(path, change));
        var fault = await Assert.ThrowsAsync<InputChangedException>(() => engine.ReadAsync(path));
        Assert.Equal(path, fault.Location.File);
        Assert.Contains(change == "shorter" ? "while it was being read" : message, fault.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => engine.Finish());
    }

    [SkippableFact]
    public async Task Under_skip_its_state_is_discarded_and_the_others_count()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Inodes and nanoseconds are looked at on Linux.");
        var changed = SmallExport.Write(_folder, "energy-1.arrow", batches: 5, kwh: 100);
        SmallExport.Write(_folder, "energy-2.arrow", batches: 3, kwh: 2);
        await using var engine = new IndicatorEngine(Reports.NoFloor with { Threads = 1, OnBad = OnBad.Skip });
        engine.Progress = new OnFirst(() => Change(changed, "same size"));
        await engine.ReadAsync(_folder.Path);
        var report = engine.Finish();
        Assert.Equal(6, report.Row(SmallExport.Indicator).Value);
        var input = Assert.Single(report.Manifest.Inputs, static input => input.Skipped.Count > 0);
        Assert.Contains("energy-1.arrow", Assert.Single(input.Skipped).Message, StringComparison.Ordinal);
        Assert.Contains("was written to while it was being read", input.Skipped[0].Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_status_of_a_handle_and_of_its_path_agree()
    {
        var path = SmallExport.Write(_folder, "energy.arrow");
        using var handle = File.OpenHandle(path);
        var status = FileStatus.Of(handle);
        Assert.Equal(FileStatus.Of(path), status);
        Assert.Equal((FileKind.Regular, new FileInfo(path).Length), (status.Kind, status.Length));
        Assert.Equal((File.GetLastWriteTimeUtc(path) - DateTime.UnixEpoch).Ticks, status.ModifiedNanoseconds / 100);
        Skip.IfNot(OperatingSystem.IsLinux(), "There are inodes to compare on Linux only.");
        Assert.NotEqual(0UL, status.Inode);
        Assert.NotEqual(status.Inode, FileStatus.Of(SmallExport.Write(_folder, "other.arrow"))!.Value.Inode);
        File.CreateSymbolicLink(_folder.File("link"), path);
        Assert.Equal(status, FileStatus.Of(_folder.File("link")));
        Assert.Equal(FileKind.Directory, FileStatus.Of(_folder.Path)!.Value.Kind);
        Assert.Equal(FileKind.Device, FileStatus.Of("/dev/null")!.Value.Kind);
        Assert.Null(FileStatus.Of(_folder.File("missing")));
        Assert.Null(FileStatus.Of(path + "/inside"));
        Assert.Null(FileStatus.Of(path + "\0"));
        Assert.Throws<PathTooLongException>(() => FileStatus.Of(_folder.File(new string('x', 5_000))));
    }

    private static void Change(string path, string change)
    {
        var bytes = File.ReadAllBytes(path);
        switch (change)
        {
            case "same size":
                using (var file = new FileStream(path, FileMode.Open, FileAccess.Write))
                {
                    file.Write(bytes);
                }

                break;
            case "longer":
                using (var file = new FileStream(path, FileMode.Append))
                {
                    file.Write("more"u8);
                }

                break;
            case "shorter":
                using (var file = new FileStream(path, FileMode.Open, FileAccess.Write))
                {
                    file.SetLength(bytes.Length / 3);
                }

                break;
            case "renamed over":
                File.WriteAllBytes(path + ".new", SmallExport.Energy(batches: 7));
                File.Move(path + ".new", path, overwrite: true);
                break;
            case "renamed over by equal bytes":
                var time = File.GetLastWriteTimeUtc(path);
                File.WriteAllBytes(path + ".new", bytes);
                File.SetLastWriteTimeUtc(path + ".new", time);
                File.Move(path + ".new", path, overwrite: true);
                break;
            default:
                File.Delete(path);
                break;
        }
    }

    private sealed class OnFirst(Action action) : IProgress<EngineProgress>
    {
        private Action? _action = action;

        public void Report(EngineProgress value) => Interlocked.Exchange(ref _action, null)?.Invoke();
    }
}
