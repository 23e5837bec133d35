using System.IO.Pipelines;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Cli;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>Reads that fail in the middle: a bad block, a broken network.</summary>
public sealed class ReadErrorTests
{
    private const int InputOutputError = 5;   // EIO

    [Fact]
    public void Wherever_a_read_fails_the_error_comes_out_and_the_reader_stays_poisoned()
    {
        var bytes = SmallExport.Energy(batches: 6);
        var reads = 0;
        Walk(bytes, failing: int.MaxValue, ref reads);
        Assert.True(reads > 10);
        for (var failing = 0; failing < reads; failing++)
        {
            var done = 0;
            var fault = Assert.Throws<IOException>(() => Walk(bytes, failing, ref done));
            Assert.Equal(InputOutputError, fault.HResult);
        }
    }

    [Fact]
    public void After_a_failed_read_nothing_more_is_read()
    {
        var bytes = SmallExport.Energy(batches: 6);
        var isBad = false;
        using var input = new RandomAccessInput(bytes.Length, (into, offset) => isBad ? throw Broken() : Copy(bytes, into, offset));
        using var reader = IpcFileReader.Open(input, "energy.arrow");
        using var lease = new BatchLease();
        var projection = Projection.Of(reader.Schema, [0, 1]);
        reader.Read(0, projection, lease);
        isBad = true;
        Assert.Throws<IOException>(() => reader.Read(1, projection, lease));
        isBad = false;
        Assert.Throws<IOException>(() => reader.Read(2, projection, lease));
    }

    [Fact]
    public void Short_reads_are_put_together()
    {
        var bytes = SmallExport.Energy(batches: 6);
        using var input = new RandomAccessInput(bytes.Length, (into, offset) => Copy(bytes, into[..Math.Min(3, into.Length)], offset));
        using var reader = IpcFileReader.Open(input, "energy.arrow");
        using var lease = new BatchLease();
        for (var i = 0; i < reader.BatchCount; i++)
        {
            reader.Read(i, Projection.Of(reader.Schema, [1]), lease);
            lease.Decode();
            Assert.Equal([2.5], lease.View()[1].Values<double>().ToArray());
        }
    }

    [Fact]
    public async Task A_stream_whose_source_fails_is_an_error_of_the_source_and_not_of_its_data()
    {
        var bytes = SmallExport.Energy(batches: 6, format: IpcFormat.Stream);
        foreach (var good in new[] { 0, 1, 100, bytes.Length / 2, bytes.Length - 9 })
        {
            await using var engine = new IndicatorEngine(Reports.NoFloor);
            using var stream = new FailingStream(bytes, good);
            var fault = await Assert.ThrowsAsync<IOException>(() => engine.ReadAsync(PipeReader.Create(stream)));
            Assert.Equal(InputOutputError, fault.HResult);
            Assert.Throws<InvalidOperationException>(() => engine.Finish());
        }
    }

    [SkippableFact]
    public void A_file_that_cannot_be_read_ends_with_6()
    {
        Child.Require();
        using var folder = new TemporaryFolder();
        Child.Fails(folder.Path, 6, "Input/output error", $"{SmallExport.Run} /proc/self/mem");
    }

    [Fact]
    public async Task A_file_that_is_gone_when_it_is_opened_ends_with_6()
    {
        using var command = new CommandRun { UsesRealEngine = true };
        var gone = Path.Combine(command.Folder, "energy.arrow");
        Assert.Equal(6, await command.InvokeAsync("run", gone));
        Assert.Contains("energy.arrow' does not exist", command.Error, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => IpcFileReader.Open(gone));
    }

    private static void Walk(byte[] bytes, int failing, ref int reads)
    {
        var count = 0;
        using var input = new RandomAccessInput(bytes.Length, (into, offset) => count++ == failing ? throw Broken() : Copy(bytes, into, offset));
        using var reader = IpcFileReader.Open(input, "energy.arrow");
        using var lease = new BatchLease();
        for (var i = 0; i < reader.BatchCount; i++)
        {
            reader.Read(i, Projection.Of(reader.Schema, [0, 1]), lease);
            lease.Decode();
        }

        reads = count;
    }

    private static int Copy(byte[] bytes, Span<byte> into, long offset)
    {
        var part = bytes.AsSpan((int)offset);
        part = part[..Math.Min(part.Length, into.Length)];
        part.CopyTo(into);
        return part.Length;
    }

    private static IOException Broken() => new("Input/output error", InputOutputError);

    private sealed class FailingStream(byte[] bytes, int good) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var left = good - (int)Position;
            return left > 0 ? base.ReadAsync(buffer[..Math.Min(left, buffer.Length)], cancellationToken) : throw Broken();
        }
    }
}
