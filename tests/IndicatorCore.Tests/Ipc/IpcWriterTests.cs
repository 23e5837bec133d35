using System.Buffers.Binary;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Tests.Ipc;

public sealed class IpcWriterTests
{
    private static readonly Schema s_numbers = new()
    {
        Fields =
        [
            new Field { Name = "i", Type = ArrowType.Int(64) },
            new Field { Name = "d", Type = ArrowType.Float(64) },
            new Field { Name = "s", Type = ArrowType.Of(ArrowTypeId.Utf8) },
            new Field { Name = "k", Type = ArrowType.Of(ArrowTypeId.Utf8), Dictionary = new(3, ArrowType.Int(32)) },
        ],
    };

    private enum Header
    {
        Schema = 1,
        Dictionary = 2,
        Record = 3,
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_is_magic_messages_end_mark_footer_magic(bool compress)
    {
        var bytes = Write(new IpcWriterOptions { Compress = compress }, [10, 20]);
        Assert.Equal("ARROW1\0\0"u8, bytes.AsSpan(0, 8));
        Assert.Equal("ARROW1"u8, bytes.AsSpan(bytes.Length - 6));
        var footerBytes = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - 10));
        var footerAt = bytes.Length - 10 - footerBytes;
        Assert.Equal(0, footerAt % 8);
        Assert.Equal(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0 }, bytes.AsSpan(footerAt - 8, 8));

        var messages = Walk(bytes, 8, out var end);
        Assert.Equal(footerAt, end);
        Assert.Equal([Header.Schema, Header.Dictionary, Header.Record, Header.Record], messages.Select(static message => message.Header));

        // The footer's blocks are the messages: schema in slot 1, dictionaries in 2, record batches in 3.
        var footer = bytes.AsSpan(footerAt, footerBytes);
        Assert.Equal(messages.Where(static message => message.Header == Header.Dictionary).Select(static message => message.Block), Blocks(footer, 2));
        Assert.Equal(messages.Where(static message => message.Header == Header.Record).Select(static message => message.Block), Blocks(footer, 3));
    }

    [Theory]
    [InlineData(IpcFormat.File)]
    [InlineData(IpcFormat.Stream)]
    public void Bodies_start_at_multiples_of_64(IpcFormat format)
    {
        var bytes = Write(new IpcWriterOptions { Format = format }, [3, 700, 0, 1]);
        var messages = Walk(bytes, format == IpcFormat.File ? 8 : 0, out var end);
        Assert.Equal(6, messages.Count);
        Assert.All(messages.Skip(1), static message => Assert.Equal(0, (message.Block.Offset + message.Block.MetadataBytes) % 64));
        Assert.All(messages, static message => Assert.Equal(0, message.Block.BodyBytes % 64));
        if (format == IpcFormat.Stream)
        {
            Assert.Equal(bytes.Length, end);
        }
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes()
    {
        foreach (var format in Enum.GetValues<IpcFormat>())
        {
            var options = new IpcWriterOptions { Format = format, Compress = true, ContentChecksums = true };
            Assert.Equal(Write(options, [5, 600]), Write(options, [5, 600]));
        }
    }

    [Fact]
    public void Values_declared_up_front_need_no_delta()
    {
        Assert.Equal(1, Dictionaries(declare: true));
        Assert.Equal(3, Dictionaries(declare: false));

        static int Dictionaries(bool declare)
        {
            using var output = new MemoryStream();
            using var writer = new IpcWriter(output, s_numbers, new IpcWriterOptions { Format = IpcFormat.Stream });
            var batch = new BatchBuilder(s_numbers);
            if (declare)
            {
                batch[3].Declare(["a", "b", "c", "a"]);
            }

            foreach (var key in (string[])["a", "b", "b", "c"])
            {
                batch.Clear();
                Append(batch, 1, key);
                writer.Write(batch);
            }

            writer.Complete();
            return Walk(output.ToArray(), 0, out _).Count(static message => message.Header == Header.Dictionary);
        }
    }

    [Fact]
    public void Compression_shrinks_what_repeats_and_stores_what_does_not()
    {
        var schema = new Schema { Fields = [new Field { Name = "d", Type = ArrowType.Float(64) }] };
        Assert.InRange(Length(static _ => 1.5, compress: true), 0, 4_000);
        var random = new Random(3);
        var plain = Length(_ => random.NextDouble(), compress: false);
        Assert.InRange(Length(_ => random.NextDouble(), compress: true), plain, plain + 256);

        long Length(Func<int, double> value, bool compress)
        {
            using var output = new MemoryStream();
            using var writer = new IpcWriter(output, schema, new IpcWriterOptions { Compress = compress });
            var batch = new BatchBuilder(schema);
            for (var i = 0; i < 10_000; i++)
            {
                batch[0].AppendDouble(value(i));
            }

            writer.Write(batch);
            writer.Complete();
            return output.Length;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_warm_writer_allocates_nothing_a_batch(bool compress)
    {
        using var writer = new IpcWriter(Stream.Null, s_numbers, new IpcWriterOptions { Format = IpcFormat.Stream, Compress = compress });
        var batch = new BatchBuilder(s_numbers);
        Fill();
        Fill();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Fill()
        {
            batch.Clear();
            for (var i = 0; i < 5000; i++)
            {
                Append(batch, i, i % 2 == 0 ? "even" : "odd");
            }

            writer.Write(batch);
        }
    }

    [Fact]
    public void Without_completion_there_is_no_footer()
    {
        using var output = new MemoryStream();
        using (var writer = new IpcWriter(output, s_numbers, leaveOpen: true))
        {
            var batch = new BatchBuilder(s_numbers);
            Append(batch, 1, "a");
            writer.Write(batch);
        }

        Assert.False(output.ToArray().AsSpan().EndsWith("ARROW1"u8));
        Assert.True(output.CanWrite);
    }

    [Fact]
    public void Misuse_is_refused_before_anything_is_written()
    {
        using var output = new MemoryStream();
        var writer = new IpcWriter(output, s_numbers);
        var batch = new BatchBuilder(s_numbers);
        batch[0].AppendInt64(1);
        Assert.Throws<ArgumentException>(() => writer.Write(batch));
        Assert.Throws<ArgumentException>(() => writer.Write(new BatchBuilder(new Schema { Fields = [] })));
        Assert.Equal(0, output.Length);
        batch.Clear();
        writer.Write(batch);
        Assert.Throws<InvalidOperationException>(() => writer.Write(new BatchBuilder(s_numbers)));
        writer.Complete();
        Assert.Throws<InvalidOperationException>(() => writer.Write(batch));
        Assert.Throws<InvalidOperationException>(writer.Complete);
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.Write(batch));
        Assert.Throws<ArgumentException>(() => new IpcWriter(new MemoryStream([], writable: false), s_numbers));
    }

    [Fact]
    public void After_a_failed_write_the_writer_refuses_to_go_on()
    {
        // Room for the schema message, not for the batch.
        using var output = new MemoryStream(new byte[800], writable: true);
        using var writer = new IpcWriter(output, s_numbers);
        var batch = new BatchBuilder(s_numbers);
        for (var i = 0; i < 1000; i++)
        {
            Append(batch, i, "a");
        }

        Assert.Throws<NotSupportedException>(() => writer.Write(batch));
        Assert.Throws<InvalidOperationException>(writer.Complete);
    }

    [Fact]
    public void What_cannot_be_written_is_refused_by_name()
    {
        ArrowType[] types =
        [
            ArrowType.Of(ArrowTypeId.List),
            ArrowType.Of(ArrowTypeId.Struct),
            ArrowType.Of(ArrowTypeId.Interval),
            ArrowType.Int(24),
            ArrowType.Float(8),
            new ArrowType { Id = ArrowTypeId.Decimal, BitWidth = 256, Precision = 40 },
            new ArrowType { Id = ArrowTypeId.Decimal, BitWidth = 32, Precision = 10 },
            new ArrowType { Id = ArrowTypeId.Time, BitWidth = 32, Unit = TimeUnit.Nanosecond },
            new ArrowType { Id = ArrowTypeId.FixedSizeBinary, FixedSize = -1 },
        ];
        foreach (var type in types)
        {
            var schema = new Schema { Fields = [new Field { Name = "odd", Type = type }] };
            Assert.Contains("odd", Assert.Throws<ArgumentException>(() => new BatchBuilder(schema)).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => new IpcWriter(Stream.Null, schema));
        }

        Refuse(new Field { Name = "odd", Type = ArrowType.Int(8), Dictionary = new(0, ArrowType.Int(32)) });
        Refuse(new Field { Name = "odd", Type = ArrowType.Of(ArrowTypeId.Utf8), Dictionary = new(0, ArrowType.Float(32)) });
        Refuse(
            new Field { Name = "a", Type = ArrowType.Of(ArrowTypeId.Utf8), Dictionary = new(0, ArrowType.Int(8)) },
            new Field { Name = "odd", Type = ArrowType.Of(ArrowTypeId.LargeUtf8), Dictionary = new(0, ArrowType.Int(8)) });

        static void Refuse(params Field[] fields) => Assert.Throws<ArgumentException>(() => new BatchBuilder(new Schema { Fields = fields }));
    }

    private static void Append(BatchBuilder batch, int row, string key)
    {
        batch[0].AppendInt64(row);
        batch[1].AppendDouble(row * 0.5);
        batch[2].AppendString("text");
        batch[3].AppendString(key);
    }

    private static byte[] Write(IpcWriterOptions options, int[] rowCounts)
    {
        using var output = new MemoryStream();
        using var writer = new IpcWriter(output, s_numbers, options);
        var batch = new BatchBuilder(s_numbers);
        foreach (var count in rowCounts)
        {
            batch.Clear();
            for (var i = 0; i < count; i++)
            {
                Append(batch, i, "k");
            }

            writer.Write(batch);
        }

        writer.Complete();
        return output.ToArray();
    }

    // Walks messages from `at` to the end mark, reading header type (slot 1) and body length (slot 3) of each Message table.
    private static List<(Header Header, Block Block)> Walk(byte[] bytes, int at, out int end)
    {
        List<(Header, Block)> messages = [];
        while (true)
        {
            Assert.Equal(uint.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)));
            var size = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 4));
            if (size == 0)
            {
                end = at + 8;
                return messages;
            }

            Assert.Equal(0, size % 8);
            var metadata = bytes.AsSpan(at + 8, size);
            var header = (Header)metadata[Slot(metadata, 1)];
            var bodyAt = Slot(metadata, 3);
            var body = bodyAt == 0 ? 0 : BinaryPrimitives.ReadInt64LittleEndian(metadata[bodyAt..]);
            messages.Add((header, new Block(at, size + 8, body)));
            at += size + 8 + (int)body;
        }
    }

    // Where the field of a root table lies, or 0.
    private static int Slot(ReadOnlySpan<byte> buffer, int field)
    {
        var table = BinaryPrimitives.ReadInt32LittleEndian(buffer);
        var vtable = table - BinaryPrimitives.ReadInt32LittleEndian(buffer[table..]);
        var offset = BinaryPrimitives.ReadUInt16LittleEndian(buffer[(vtable + 4 + (2 * field))..]);
        return offset == 0 ? 0 : table + offset;
    }

    private static List<Block> Blocks(ReadOnlySpan<byte> footer, int field)
    {
        var vector = Slot(footer, field);
        vector += BinaryPrimitives.ReadInt32LittleEndian(footer[vector..]);
        var count = BinaryPrimitives.ReadInt32LittleEndian(footer[vector..]);
        List<Block> blocks = [];
        for (var at = vector + 4; blocks.Count < count; at += 24)
        {
            Assert.Equal(0, at % 8);
            blocks.Add(new Block(
                BinaryPrimitives.ReadInt64LittleEndian(footer[at..]),
                BinaryPrimitives.ReadInt32LittleEndian(footer[(at + 8)..]),
                BinaryPrimitives.ReadInt64LittleEndian(footer[(at + 16)..])));
        }

        return blocks;
    }

    private sealed record Block(long Offset, int MetadataBytes, long BodyBytes);
}
