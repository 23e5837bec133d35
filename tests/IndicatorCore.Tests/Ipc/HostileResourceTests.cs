using System.Diagnostics;
using System.IO.Pipelines;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Much of everything, several users at once, and the end of lives.</summary>
public sealed class HostileResourceTests
{
    [Fact]
    public void A_footer_of_a_hundred_thousand_blocks_is_read_in_time()
    {
        var column = MadeColumn.Null("n", 1);
        var batch = Made.Batch(column);
        var bytes = batch.ToBytes();
        var start = 8;
        var blocks = new FlatLongs(3);
        var file = new MemoryStream();
        file.Write("ARROW1\0\0"u8);
        for (var i = 0; i < 100_000; i++)
        {
            blocks.AddRange([start, batch.MetadataLength, 0]);
            file.Write(bytes);
            start += bytes.Length;
        }

        var footer = new FlatNode { [0] = (short)4, [1] = Made.Schema(column).Header, [3] = blocks }.ToBytes();
        file.Write(footer);
        file.Write(BitConverter.GetBytes(footer.Length));
        file.Write("ARROW1"u8);
        var clock = Stopwatch.StartNew();
        using var reader = IpcFileReader.Open(file.ToArray(), "test");
        Assert.Equal(100_000, reader.BatchCount);
        Assert.Equal(1, reader.BatchInfo(99_999).Rows);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
    }

    [Fact]
    public void One_needed_column_of_a_thousand_leaves_the_others_alone()
    {
        var columns = Enumerable.Range(0, 1000).Select(static i => MadeColumn.Utf8($"c{i}", [0, 9, -1], [0xFF])).ToArray();
        columns[500] = MadeColumn.Int64("v", 7, 8);
        var messages = new[] { Made.Schema(columns), Made.Batch(columns) };
        Assert.Equal(["7", "8"], IpcReading.Stream(Made.Stream(messages), [500]).Batches[0].Columns[500]!);
        using var folder = new TemporaryFolder();
        using var reader = IpcFileReader.Open(folder.Write("a.arrow", Made.File(messages)));
        using var lease = new BatchLease();
        var before = reader.BytesRead;
        reader.Read(0, Projection.Of(reader.Schema, [500]), lease);
        Assert.Equal(7, lease.View()[0 + 500].Values<long>()[0]);
        Assert.Equal(reader.BatchInfo(0).MetadataLength + 16, lease.BytesRead);
        Assert.Equal(lease.BytesRead + reader.BatchInfo(0).MetadataLength, reader.BytesRead - before - reader.BatchInfo(0).MetadataLength);
    }

    [Fact]
    public async Task Disposing_while_a_read_waits_ends_it_and_gives_the_memory_back()
    {
        var (schema, batch) = (Made.Schema(MadeField.Int("v", 64)), Made.Batch(MadeColumn.Int64("v", 1, 2)).ToBytes());
        var pool = new CountingPool();
        var pipe = new Pipe(new PipeOptions(pool));
        var reader = new IpcStreamReader(pipe.Reader, "test");
        using var lease = new BatchLease();
        await pipe.Writer.WriteAsync(schema.ToBytes());
        await pipe.Writer.WriteAsync(batch.AsMemory(0, batch.Length - 4));
        var waiting = reader.ReadAsync(lease).AsTask();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.ReadAsync(lease));
        await reader.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await reader.ReadAsync(lease));
        Assert.Throws<InvalidOperationException>(() => lease.View().Length);
        await pipe.Writer.CompleteAsync();
        Assert.Equal((0, 0), (pool.Out, pool.Again));
    }

    [Fact]
    public void A_batch_outlives_its_reader_but_not_its_lease()
    {
        var column = MadeColumn.Codes("k", 1, 8, true, [1, 0]);
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.arrow", Made.File([Made.Schema(column), Made.Dictionary(1, "x", "y"), Made.Batch(column)]));
        var lease = new BatchLease();
        using (var reader = IpcFileReader.Open(path))
        {
            reader.Read(0, Projection.All(reader.Schema), lease);
        }

        Assert.Equal(["'y'", "'x'"], IpcReading.Texts(lease).Columns[0]!);
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => lease.View().Length);
    }

    [Fact]
    public void Two_readers_of_one_file_do_not_disturb_each_other()
    {
        var (good, bad) = (MadeColumn.Int64("v", 1, 2), MadeColumn.Int64("v", 3, 4));
        var spoilt = Made.Batch(bad);
        spoilt.Header.Longs(2)[2] = -1;
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.arrow", Made.File([Made.Schema(good), Made.Batch(good), spoilt]));
        using var first = IpcFileReader.Open(path);
        using var second = IpcFileReader.Open(path);
        using var lease = new BatchLease();
        Assert.Throws<MalformedArrowException>(() => first.Read(1, Projection.All(first.Schema), lease));
        Assert.Throws<MalformedArrowException>(() => first.Read(0, Projection.All(first.Schema), lease));
        second.Read(0, Projection.All(second.Schema), lease);
        Assert.Equal(2, lease.View()[0].Values<long>()[1]);
    }

    [Fact]
    public async Task An_endless_stream_is_read_in_memory_that_does_not_grow()
    {
        var columns = new[] { MadeColumn.Int64("v", [.. Enumerable.Range(0, 500).Select(static i => (long?)i)]), MadeColumn.Codes("k", 1, 8, true, new long[500]) };
        byte[] round = [.. Made.Dictionary(1, "x", "y", "z").ToBytes(), .. Made.Packed(static (_, plain) => Made.Lz4(plain), columns).ToBytes()];
        await using var reader = new IpcStreamReader(PipeReader.Create(new EndlessStream(Made.Schema(columns).ToBytes(), round)), "test");
        using var lease = new BatchLease();
        for (var batch = 0; batch < 200; batch++)
        {
            Assert.True(await reader.ReadAsync(lease));
            lease.Decode();
        }

        var memory = lease.MemoryUsed;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var batch = 0; batch < 2000; batch++)
        {
            Assert.True(await reader.ReadAsync(lease));
            lease.Decode();
        }

        // a replaced dictionary is a new object each time; nothing else is
        Assert.Equal(memory, lease.MemoryUsed);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 2000, 0, 2048);
    }

    // GH-49896: a body that comes in short reads was taken for a whole one
    [Fact]
    public async Task Short_reads_never_make_a_whole_buffer()
    {
        var columns = new[] { MadeColumn.Int64("v", 1, 2, 3) };
        var stream = Made.Stream(Made.Schema(columns), Made.Batch(columns));
        for (var missing = 9; missing <= 24 + 8; missing++)
        {
            var fault = await Assert.ThrowsAsync<MalformedArrowException>(async () => await IpcReading.StreamAsync(new TricklePipe(stream.AsMemory(0, stream.Length - missing), 5)));
            Assert.Equal(DataFault.Truncated, fault.Kind);
        }
    }

    // CVE-2023-47248: metadata of extension types must never make objects of the types that it names
    [Fact]
    public void Extension_types_are_their_storage_whatever_their_metadata_says()
    {
        var column = MadeColumn.Int64("v", 1, 2);
        column.Field[6] = new List<FlatNode>
        {
            new() { [0] = "ARROW:extension:name", [1] = "arrow.py_extension_type" },
            new() { [0] = "ARROW:extension:metadata", [1] = "System.Diagnostics.Process, System.Diagnostics.Process" },
        };
        var (schema, batches) = IpcReading.Stream(Made.Stream(Made.Schema(column), Made.Batch(column)));
        Assert.Equal(["1", "2"], batches[0].Columns[0]!);
        Assert.Equal(ArrowTypeId.Int, schema.Fields[0].Type.Id);
        Assert.Equal(2, schema.Fields[0].Metadata.Count);
    }

    // CVE-2026-25087 / GHSA-rgxp-2hwp-jwgg: a file whose view buffers were freed before they were read
    [Fact]
    public void View_buffers_stay_as_long_as_their_batch()
    {
        var views = new[] { "a first value of some length", "another value of some length" };
        var column = MadeColumn.Utf8Views(
            "t",
            [.. MadeColumn.View(views[0].Length, views[0][..4], 0, 0), .. MadeColumn.View(views[1].Length, views[1][..4], 1, 0)],
            System.Text.Encoding.ASCII.GetBytes(views[0]),
            System.Text.Encoding.ASCII.GetBytes(views[1]));
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.arrow", Made.File([Made.Schema(column), Made.Batch(column), Made.Packed(static (_, plain) => Made.Lz4(plain), column)]));
        using var first = new BatchLease();
        using var second = new BatchLease();
        using (var reader = IpcFileReader.Open(path))
        {
            reader.Read(0, Projection.All(reader.Schema), first);
            reader.Read(1, Projection.All(reader.Schema), second);
            using var third = new BatchLease();
            reader.Read(1, Projection.All(reader.Schema), third);
        }

        foreach (var lease in new[] { first, second })
        {
            Assert.Equal([$"'{views[0]}'", $"'{views[1]}'"], IpcReading.Texts(lease).Columns[0]!);
        }
    }

    // GH-50229: Feather V1 metadata was read without being verified; here it is not read at all
    [Fact]
    public void Feather_V1_is_refused_by_its_magic_alone()
    {
        byte[] feather = [.. "FEA1"u8, .. new byte[40], .. "FEA1"u8];
        Assert.Contains("Feather V1", Refusal.OfFile(DataFault.Malformed, feather).Message, StringComparison.Ordinal);
        Assert.Contains("Feather V1", Refusal.OfStream(DataFault.Malformed, feather).Message, StringComparison.Ordinal);
    }

    private sealed class EndlessStream(byte[] head, byte[] round) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var from = _position < head.Length ? head.AsSpan((int)_position) : round.AsSpan((int)((_position - head.Length) % round.Length));
            var take = Math.Min(count, from.Length);
            from[..take].CopyTo(buffer.AsSpan(offset));
            _position += take;
            return take;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var from = _position < head.Length ? head.AsSpan((int)_position) : round.AsSpan((int)((_position - head.Length) % round.Length));
            var take = Math.Min(buffer.Length, from.Length);
            from[..take].CopyTo(buffer.Span);
            _position += take;
            return ValueTask.FromResult(take);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
