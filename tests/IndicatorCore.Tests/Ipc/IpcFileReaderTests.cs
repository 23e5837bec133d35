using IndicatorCore.Columns;
using IndicatorCore.Compression;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

public sealed class IpcFileReaderTests
{
    [Fact]
    public void Only_the_needed_column_is_read_and_judged()
    {
        var path = Path.Combine(ArrowData.Producers, "polars.lz4.bigblocks.arrow");
        using var whole = IpcFileReader.Open(path);
        var projection = Projection.Of(whole.Schema, [0]);
        var ranges = whole.NeededRanges(0, projection);
        var info = whole.BatchInfo(0);
        Assert.Equal(("lz4_frame", 100_000), (info.Compression, info.Rows));
        var needed = ranges.Sum(static range => range.Length);

        // everything of the body that is not needed is spoilt
        var bytes = File.ReadAllBytes(path);
        var body = info.Offset + info.MetadataLength;
        var kept = bytes.AsSpan((int)ranges[0].Offset, (int)ranges[0].Length).ToArray();
        Assert.Single(ranges);
        bytes.AsSpan((int)body, (int)info.BodyLength).Fill(0xAB);
        kept.CopyTo(bytes, (int)ranges[0].Offset);
        var copy = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(copy, bytes);
            using var reader = IpcFileReader.Open(copy);
            using var lease = new BatchLease();
            var before = reader.BytesRead;
            reader.Read(0, projection, lease);
            Assert.Equal(info.MetadataLength + needed, reader.BytesRead - before);
            Assert.Equal(reader.BytesRead - before, lease.BytesRead);
            var values = lease.View()[0].Values<long>();
            for (var row = 0; row < values.Length; row++)
            {
                Assert.Equal(row * 11L % 1000, values[row]);
            }

            reader.Read(0, Projection.Of(reader.Schema, [1]), lease);
            Assert.Throws<MalformedArrowException>(() => lease.Decode());
            reader.Read(0, projection, lease);
            lease.Decode();
        }
        finally
        {
            File.Delete(copy);
        }
    }

    [Theory]
    [InlineData("polars.lz4.multichunk.arrow")]
    [InlineData("polarssink.lz4.newest.arrow")]
    [InlineData("chcpp.lz4_frame.lcdict.multi.arrow")]
    [InlineData("chnative.lz4_frame.arrow")]
    [InlineData("js.multibatch.arrow")]
    public void A_file_on_disk_a_file_in_memory_and_each_column_alone_give_the_same(string file)
    {
        var path = Path.Combine(ArrowData.Producers, file);
        var (schema, expected) = IpcReading.File(File.ReadAllBytes(path));
        using var reader = IpcFileReader.Open(path);
        IpcReading.AssertEqual(expected, IpcReading.Batches(reader));
        for (var ordinal = 0; ordinal < schema.Fields.Count; ordinal++)
        {
            var alone = IpcReading.Batches(reader, [ordinal]);
            for (var batch = 0; batch < expected.Count; batch++)
            {
                Assert.Equal(expected[batch].Columns[ordinal], alone[batch].Columns[ordinal]);
            }
        }

        reader.CheckUnchanged();
    }

    [Theory]
    [InlineData("polars.lz4.bigblocks.arrow", true)]
    [InlineData("polars.lz4.multichunk.arrow", true)]
    [InlineData("js.multibatch.arrow", false)]
    [InlineData("js.multibatch.arrow", true)]
    [InlineData("polarssink.lz4.newest.arrow", true)]
    public void Reading_again_into_a_warm_lease_allocates_nothing(string file, bool fromDisk)
    {
        var path = Path.Combine(ArrowData.Producers, file);
        using var reader = fromDisk ? IpcFileReader.Open(path) : IpcFileReader.Open(File.ReadAllBytes(path), "test");
        var projection = Projection.All(reader.Schema);
        using var lease = new BatchLease();
        for (var round = 0; round < 40; round++)
        {
            ReadAll(reader, projection, lease);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 20; round++)
        {
            ReadAll(reader, projection, lease);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_disposed_lease_shows_nothing()
    {
        using var reader = IpcFileReader.Open(Path.Combine(ArrowData.Producers, "js.multibatch.arrow"));
        var projection = Projection.All(reader.Schema);
        var lease = new BatchLease();
        Assert.Throws<InvalidOperationException>(() => lease.View().Length);
        reader.Read(0, projection, lease);
        Assert.Equal(200, lease.View().Length);
        lease.Dispose();
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => lease.View().Length);
        Assert.Throws<ObjectDisposedException>(() => reader.Read(0, projection, lease));
        reader.Dispose();
        using var other = new BatchLease();
        Assert.Throws<ObjectDisposedException>(() => reader.Read(0, projection, other));
    }

    [Fact]
    public void Threads_with_their_own_leases_read_one_file_at_once()
    {
        using var reader = IpcFileReader.Open(Path.Combine(ArrowData.Producers, "chcpp.lz4_frame.lcdict.multi.arrow"));
        var (_, expected) = IpcReading.File(File.ReadAllBytes(Path.Combine(ArrowData.Producers, "chcpp.lz4_frame.lcdict.multi.arrow")));
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => IpcReading.AssertEqual(expected, IpcReading.Batches(reader)));
    }

    [Fact]
    public void A_file_that_became_shorter_is_called_changed()
    {
        var copy = Path.GetTempFileName();
        try
        {
            File.Copy(Path.Combine(ArrowData.Producers, "js.multibatch.arrow"), copy, overwrite: true);
            using var reader = IpcFileReader.Open(copy);
            using (var stream = new FileStream(copy, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                stream.SetLength(1000);
            }

            using var lease = new BatchLease();
            Assert.Throws<InputChangedException>(reader.CheckUnchanged);
            var fault = Assert.Throws<InputChangedException>(() => reader.Read(2, Projection.All(reader.Schema), lease));
            Assert.Equal(copy, fault.Location.File);
            Assert.Same(fault, Assert.Throws<InputChangedException>(() => reader.Read(0, Projection.All(reader.Schema), lease)));
        }
        finally
        {
            File.Delete(copy);
        }
    }

    [Fact]
    public void Misuse_throws_what_the_framework_throws()
    {
        using var reader = IpcFileReader.Open(Path.Combine(ArrowData.Producers, "js.multibatch.arrow"));
        using var lease = new BatchLease();
        var other = Projection.All(new Schema { Fields = [] });
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read(reader.BatchCount, Projection.All(reader.Schema), lease));
        Assert.Throws<ArgumentException>(() => reader.Read(0, other, lease));
        Assert.Throws<ArgumentOutOfRangeException>(() => Projection.Of(reader.Schema, [reader.Schema.Fields.Count]));
        Assert.Throws<FileNotFoundException>(() => IpcFileReader.Open("nowhere.arrow"));
        reader.Read(0, Projection.All(reader.Schema), lease);
        Assert.Throws<ArgumentOutOfRangeException>(() => lease.View()[99].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => lease.View()[0].IsValid(200));
        Assert.Throws<InvalidOperationException>(() => lease.View()[0].Values<Guid>().Length);
    }

    [Fact]
    public void Cancelling_stops_reading_and_decoding()
    {
        using var reader = IpcFileReader.Open(Path.Combine(ArrowData.Producers, "polars.lz4.bigblocks.arrow"));
        using var lease = new BatchLease();
        var cancelled = new CancellationToken(canceled: true);
        var projection = Projection.All(reader.Schema);
        Assert.ThrowsAny<OperationCanceledException>(() => reader.Read(0, projection, lease, cancelled));
        Assert.Throws<InvalidOperationException>(() => lease.View().Length);
        reader.Read(0, projection, lease);
        Assert.ThrowsAny<OperationCanceledException>(() => lease.Decode(cancelled));
        reader.Read(0, projection, lease);
        Assert.Equal(100_000, lease.View().Length);
    }

    [Fact]
    public void A_codec_of_the_caller_comes_before_the_built_in_one()
    {
        var codec = new CountingCodec(0);
        var bytes = File.ReadAllBytes(Path.Combine(ArrowData.Producers, "polars.lz4.bigblocks.arrow"));
        var (_, expected) = IpcReading.File(bytes);
        var (_, actual) = IpcReading.File(bytes, null, new IpcReaderOptions { Codecs = [codec] });
        IpcReading.AssertEqual(expected, actual);
        Assert.True(codec.Calls > 0);

        // the frames of the other codec come to its codec, and its fault gets a place
        var zstd = new CountingCodec(1);
        var fault = Assert.Throws<MalformedArrowException>(() => IpcReading.File(
            File.ReadAllBytes(Path.Combine(ArrowData.Producers, "polars.zstd.onechunk.arrow")), null, new IpcReaderOptions { Codecs = [zstd] }));
        Assert.NotNull(fault.Location.Column);
        Assert.Equal(1, zstd.Calls);
    }

    [Fact]
    public void Limits_are_kept()
    {
        var bytes = File.ReadAllBytes(Path.Combine(ArrowData.Producers, "polars.lz4.bigblocks.arrow"));
        IpcReaderOptions[] options =
        [
            new() { MaxRowsPerBatch = 99_999 },
            new() { MaxBufferBytes = 10_000 },
            new() { MaxBatchBytes = 500_000 },
            new() { MaxColumns = 2 },
            new() { MaxMetadataBytes = 64 },
            new() { MaxDictionaryEntries = 49 },
            new() { MaxDictionaryBytes = 64 },
        ];
        foreach (var one in options)
        {
            Assert.Throws<LimitExceededException>(() => IpcReading.File(bytes, null, one));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new IpcReaderOptions { MaxColumns = 0 });
    }

    private sealed class CountingCodec(int id) : IBufferCodec
    {
        private readonly Lz4FrameCodec _inner = new();

        public int Calls { get; private set; }

        public int CodecId => id;

        public void Decode(ReadOnlySpan<byte> source, Span<byte> destination, CancellationToken cancellationToken)
        {
            Calls++;
            _inner.Decode(source, destination, cancellationToken);
        }
    }

    private static void ReadAll(IpcFileReader reader, Projection projection, BatchLease lease)
    {
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            reader.Read(batch, projection, lease);
            lease.Decode();
        }
    }
}
