using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Prefixes, lengths, ends, and inputs that are something else.</summary>
public sealed class HostileFramingTests
{
    private static readonly Dictionary<string, byte[]> s_others = new()
    {
        ["a gzip file"] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6],
        ["a Zstandard file"] = [0x28, 0xB5, 0x2F, 0xFD, 4, 0, 1, 0, 0, 0, 1, 2, 3, 4, 5, 6],
        ["an LZ4 file"] = [4, 0x22, 0x4D, 0x18, 0x60, 0x40, 0x82, 0, 0, 0, 0, 1, 2, 3, 4, 5],
        ["a zip archive"] = [.. "PK"u8, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ["a Parquet file"] = Encoding.ASCII.GetBytes("PAR1............PAR1"),
        ["a Feather V1 file"] = Encoding.ASCII.GetBytes("FEA1............FEA1"),
        ["an ORC file"] = Encoding.ASCII.GetBytes("ORC............."),
        ["a SQLite database"] = Encoding.ASCII.GetBytes("SQLite format 3\0"),
        ["text"] = Encoding.ASCII.GetBytes("event_ts,line,v\n1,L1,2\n"),
        ["empty"] = [],
        ["something unknown"] = [1, 0, 0, 0x80, 1, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9],
    };

    public static TheoryData<string> Others() => [.. s_others.Keys];

    [Fact]
    public void A_stream_cut_at_any_byte_ends_between_messages_or_is_truncated()
    {
        var messages = Sample();
        var stream = Made.Stream(messages);
        var (_, whole) = IpcReading.Stream(stream);
        var ends = Enumerable.Range(1, messages.Length).Select(count => Made.Offset(messages, count)).ToHashSet();
        for (var length = 1; length < stream.Length; length++)
        {
            var cut = stream[..length];
            if (ends.Contains(length))
            {
                var (_, batches) = IpcReading.Stream(cut);
                IpcReading.AssertEqual([.. whole.Take(batches.Count)], batches);
                continue;
            }

            var fault = Assert.Throws<MalformedArrowException>(() => IpcReading.Stream(cut));
            Assert.Equal(DataFault.Truncated, fault.Kind);
            Assert.InRange(fault.Location.Offset!.Value, 0, length);
        }

        Assert.Equal(DataFault.Malformed, Assert.Throws<MalformedArrowException>(() => IpcReading.Stream(Array.Empty<byte>())).Kind);
    }

    [Fact]
    public void A_file_cut_at_any_byte_has_no_footer()
    {
        var file = Made.File(Sample());
        Assert.Equal(2, IpcReading.File(file).Batches.Count);
        for (var length = 0; length < file.Length; length++)
        {
            var fault = Refusal.OfFile(length < 6 ? DataFault.Malformed : DataFault.Truncated, file[..length]);
            Assert.True(length < 18 || fault.Advice!.Contains("still be being written", StringComparison.Ordinal), fault.Message);
        }
    }

    [Theory]
    [InlineData(-2, DataFault.Malformed)]
    [InlineData(int.MinValue, DataFault.Malformed)]
    [InlineData(int.MaxValue, DataFault.LimitExceeded)]
    [InlineData((64 << 20) + 1, DataFault.LimitExceeded)]
    [InlineData(64 << 20, DataFault.Truncated)]
    [InlineData(1 << 20, DataFault.Truncated)]
    public void A_metadata_length_that_lies_is_refused_before_memory_is_taken_for_it(int length, DataFault kind)
    {
        var messages = Sample();
        foreach (var at in new[] { 0, 2 })
        {
            var stream = Made.Stream(messages);
            var offset = Made.Offset(messages, at);
            BinaryPrimitives.WriteInt32LittleEndian(stream.AsSpan((int)offset + 4), length);
            var before = GC.GetAllocatedBytesForCurrentThread();
            // a truncated message is known up to its last byte, which is the offset then
            Refusal.OfStream(kind, stream, offset: kind == DataFault.Truncated ? stream.Length : offset);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }

    [Theory]
    [InlineData(-8, DataFault.Malformed)]
    [InlineData(long.MinValue, DataFault.Malformed)]
    [InlineData(long.MaxValue, DataFault.Malformed)]
    [InlineData(12, DataFault.Malformed)]
    [InlineData(8, DataFault.Malformed)]
    [InlineData(long.MaxValue - 7, DataFault.Truncated)]
    [InlineData(1L << 40, DataFault.Truncated)]
    [InlineData(1L << 20, DataFault.Truncated)]
    public void A_body_length_that_lies_is_refused_and_memory_grows_only_as_bytes_come(long length, DataFault kind)
    {
        var messages = Sample();
        messages[2].Message[3] = length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.OfStream(kind, messages, batch: 0);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_body_shorter_than_its_buffers_is_malformed_with_the_column()
    {
        var messages = Sample();
        messages[2].Message[3] = 8L;
        Refusal.OfStream(DataFault.Malformed, messages, column: "v", batch: 0, at: 2);
    }

    [Theory]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, DataFault.Malformed)]
    [InlineData(new byte[] { 255, 255, 255, 255 }, DataFault.Truncated)]
    [InlineData(new byte[] { 255, 255, 255 }, DataFault.Truncated)]
    [InlineData(new byte[] { 255, 255, 255, 255, 0, 0, 0, 0 }, DataFault.Malformed)]
    [InlineData(new byte[] { 0, 0, 0, 0 }, DataFault.Malformed)]
    [InlineData(new byte[] { }, DataFault.Malformed)]
    public void Continuation_marks_and_end_marks_alone_are_no_stream(byte[] stream, DataFault kind) => Refusal.OfStream(kind, stream);

    [Theory]
    [MemberData(nameof(Others))]
    public void Another_format_is_called_by_its_name(string name)
    {
        var bytes = s_others[name];
        var fault = Refusal.OfFile(DataFault.Malformed, bytes, offset: 0);
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        if (name != "something unknown")
        {
            Assert.Contains(name, Refusal.OfStream(DataFault.Malformed, bytes).Message, StringComparison.Ordinal);
        }
        else
        {
            Refusal.OfStream(DataFault.Malformed, bytes, offset: 0);
        }
    }

    [Fact]
    public void A_stream_given_as_a_file_and_a_file_given_as_a_stream_are_called_what_they_are()
    {
        Assert.Contains("an Arrow stream", Refusal.OfFile(DataFault.Malformed, Made.Stream(Sample())).Message, StringComparison.Ordinal);
        Assert.Contains("an Arrow file", Refusal.OfStream(DataFault.Malformed, Made.File(Sample())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no end mark")]
    [InlineData("an end mark of four bytes")]
    [InlineData("bytes behind the end mark")]
    [InlineData("prefixes of four bytes")]
    [InlineData("prefixes of four and eight bytes mixed")]
    public void Every_legal_framing_is_read(string framing)
    {
        var (_, expected) = IpcReading.Stream(Made.Stream(Sample()));
        var messages = Sample();
        for (var i = 0; i < messages.Length; i++)
        {
            messages[i].PrefixLength = framing == "prefixes of four bytes" || (framing.EndsWith("mixed", StringComparison.Ordinal) && i % 2 == 1) ? 4 : 8;
        }

        byte[] body = [.. messages.SelectMany(static message => message.ToBytes())];
        byte[] stream = framing switch
        {
            "no end mark" => body,
            "an end mark of four bytes" or "prefixes of four bytes" => [.. body, 0, 0, 0, 0],
            "bytes behind the end mark" => [.. body, .. Made.EndOfStream, 1, 2, 3, 255, 255, 255, 255],
            _ => [.. body, .. Made.EndOfStream],
        };
        IpcReading.AssertEqual(expected, IpcReading.Stream(stream).Batches);
    }

    [Fact]
    public void A_schema_alone_is_a_stream_of_no_batches() =>
        Assert.Empty(IpcReading.Stream(Made.Schema(MadeField.Int("v", 64)).ToBytes()).Batches);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(61)]
    public async Task Bytes_that_come_in_any_pieces_give_the_same(int step)
    {
        var stream = Made.Stream(Sample());
        var (_, expected) = IpcReading.Stream(stream);
        IpcReading.AssertEqual(expected, (await IpcReading.StreamAsync(new TricklePipe(stream, step))).Batches);
    }

    [Fact]
    public async Task A_call_cancelled_anywhere_loses_nothing_or_poisons_the_reader()
    {
        var messages = Sample();
        var stream = Made.Stream(messages);
        var start = (int)Made.Offset(messages, 2);
        var (_, expected) = IpcReading.Stream(stream);
        for (var here = start; here < start + messages[2].ToBytes().Length; here += 3)
        {
            var pipe = new Pipe();
            await using var reader = new IpcStreamReader(pipe.Reader, "test");
            using var lease = new BatchLease();
            await pipe.Writer.WriteAsync(stream.AsMemory(0, here));
            await reader.ReadSchemaAsync();
            using var source = new CancellationTokenSource();
            var waiting = reader.ReadAsync(lease, source.Token).AsTask();
            await source.CancelAsync();
            var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            await pipe.Writer.WriteAsync(stream.AsMemory(here));
            await pipe.Writer.CompleteAsync();
            if (here < start + 8)
            {
                Assert.True(await reader.ReadAsync(lease));
                Assert.Equal(expected[0].Columns, IpcReading.Texts(lease).Columns);
            }
            else
            {
                Assert.Same(cancelled, await Record.ExceptionAsync(async () => await reader.ReadAsync(lease)));
            }
        }
    }

    [Fact]
    public async Task An_input_that_fails_inside_a_body_passes_its_exception_on_and_gives_its_memory_back()
    {
        var stream = Made.Stream(Sample());
        var pool = new CountingPool();
        var input = new FailingStream(stream, stream.Length - 40);
        var reader = new IpcStreamReader(PipeReader.Create(input, new StreamPipeReaderOptions(pool, bufferSize: 256, minimumReadSize: 1)), "test");
        using var first = new BatchLease();
        using var second = new BatchLease();
        Assert.True(await reader.ReadAsync(first));
        var texts = IpcReading.Texts(first);
        var fault = await Assert.ThrowsAsync<IOException>(async () => await reader.ReadAsync(second));
        Assert.Same(fault, await Record.ExceptionAsync(async () => await reader.ReadAsync(second)));
        await reader.DisposeAsync();
        await reader.DisposeAsync();
        Assert.Equal((0, 0), (pool.Out, pool.Again));
        Assert.True(pool.Rented > 0);
        Assert.Equal(texts.Columns, IpcReading.Texts(first).Columns);
        Assert.Throws<InvalidOperationException>(() => second.View().Length);
    }

    [Fact]
    public async Task A_disposed_lease_is_the_callers_fault_and_does_not_poison_the_reader()
    {
        await using var reader = new IpcStreamReader(PipeReader.Create(new MemoryStream(Made.Stream(Sample()))), "test");
        var lease = new BatchLease();
        lease.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await reader.ReadAsync(lease));
        using var other = new BatchLease();
        Assert.True(await reader.ReadAsync(other));
    }

    private static MadeMessage[] Sample()
    {
        var first = new[] { MadeColumn.Int64("v", 1, null, 3), MadeColumn.Codes("k", 1, 8, true, [0, 1, 0]), MadeColumn.Utf8("t", "a", "bc", null) };
        var second = new[] { MadeColumn.Int64("v", 4, 5), MadeColumn.Codes("k", 1, 8, true, [1, 1]), MadeColumn.Utf8("t", "d", "e") };
        return [Made.Schema(first), Made.Dictionary(1, "x", "y"), Made.Batch(first), Made.Packed(static (_, plain) => Made.Lz4(plain), second)];
    }

    private sealed class FailingStream(byte[] bytes, int failsAt) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position + 1 > failsAt
                ? throw new IOException("gone")
                : base.ReadAsync(buffer[..Math.Min(buffer.Length, Math.Max(1, failsAt - (int)Position))], cancellationToken);
    }
}
