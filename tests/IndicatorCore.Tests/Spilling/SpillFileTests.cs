using IndicatorCore.Errors;
using IndicatorCore.Spilling;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Spilling;

public sealed class SpillFileTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Records_come_back_in_blocks_as_they_were_written(int count)
    {
        using var folder = new TemporaryFolder();
        using var file = new SpillSpace(folder.Path).Create();
        var writer = new SpillWriter(file);
        var random = new Random(1);
        var records = Enumerable.Range(0, count).Select(i => new byte[i == 500 ? 200_000 : random.Next(1, 40)]).ToList();
        foreach (var record in records)
        {
            random.NextBytes(record);
            writer.Add(record);
        }

        writer.Flush();
        var reader = new SpillReader(file, 0, file.Length);
        var (bytes, total) = (new List<byte>(), 0);
        while (reader.TryTake(out var payload, out var held))
        {
            bytes.AddRange(payload.Span);
            total += held;
        }

        Assert.Equal(count, total);
        Assert.True(records.SelectMany(static record => record).SequenceEqual(bytes));
    }

    [Fact]
    public void A_file_has_no_name_that_others_could_open_or_that_stays()
    {
        using var folder = new TemporaryFolder();
        var inner = Path.Combine(folder.Path, "made", "when needed");
        using var file = new SpillSpace(inner).Create();
        file.Append([1, 2, 3]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Empty(Directory.GetFileSystemEntries(inner));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Handle));
        }

        var bytes = new byte[3];
        file.Read(bytes, 0);
        Assert.Equal([1, 2, 3], bytes);
    }

    [Fact]
    public void Without_a_directory_files_are_below_the_systems_temporary_one_and_leave_nothing()
    {
        var before = Directory.GetDirectories(Path.GetTempPath(), "indicators-*").Length;
        using var file = new SpillSpace(null).Create();
        file.Append([1]);
        Assert.True(Directory.GetDirectories(Path.GetTempPath(), "indicators-*").Length <= before);
    }

    [Fact]
    public void Every_changed_byte_and_every_cut_is_found()
    {
        using var folder = new TemporaryFolder();
        var space = new SpillSpace(folder.Path);
        for (var at = 0; at < 60; at++)
        {
            using var file = space.Create();
            var writer = new SpillWriter(file);
            writer.Add("some bytes of a record"u8);
            writer.Add("and of another one"u8);
            writer.Flush();
            if (at >= file.Length)
            {
                break;
            }

            var one = new byte[1];
            RandomAccess.Read(file.Handle, one, at);
            RandomAccess.Write(file.Handle, [(byte)(one[0] ^ 0x10)], at);
            Assert.Throws<SpillException>(() => new SpillReader(file, 0, file.Length).TryTake(out _, out _));
            RandomAccess.Write(file.Handle, one, at);
            Assert.True(new SpillReader(file, 0, file.Length).TryTake(out _, out _));
            RandomAccess.SetLength(file.Handle, at);
            Assert.Throws<SpillException>(() => new SpillReader(file, 0, file.Length).TryTake(out _, out _));
        }
    }

    [SkippableFact]
    public void A_full_disk_is_named_with_what_to_do()
    {
        Skip.IfNot(File.Exists("/dev/full"), "This needs /dev/full.");
        using var file = new SpillFile(File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite), "/the/place", static _ => { });
        var fault = Assert.Throws<SpillException>(() => file.Append([1, 2, 3]));
        Assert.Equal("/the/place", fault.Directory);
        Assert.Contains("'/the/place'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--spill DIR", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_cannot_be_used_is_found_before_anything_is_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a file");
        File.WriteAllText(path, string.Empty);
        var fault = Assert.Throws<SpillException>(() => new SpillSpace(path).Check());
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }
}
