using System.Buffers.Binary;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Footers and their blocks that lie; the footer alone says what a file holds.</summary>
public sealed class HostileFooterTests
{
    // blocks are offset, metadata length, body length; the first batch's come first
    private static readonly Dictionary<string, Action<FlatLongs>> s_blocks = new()
    {
        ["offset -8"] = static blocks => blocks[0] = -8,
        ["offset 0"] = static blocks => blocks[0] = 0,
        ["offset 2^63 - 8"] = static blocks => blocks[0] = long.MaxValue - 7,
        ["offset not aligned"] = static blocks => blocks[0] += 4,
        ["offset behind the end"] = static blocks => blocks[0] = 1 << 20,
        ["metadata of 0 bytes"] = static blocks => blocks[1] = 0,
        ["metadata of -8 bytes"] = static blocks => blocks[1] = unchecked((uint)-8),
        ["metadata of the greatest int"] = static blocks => blocks[1] = int.MaxValue,
        ["body of -8 bytes"] = static blocks => blocks[2] = -8,
        ["body of the least length"] = static blocks => blocks[2] = long.MinValue,
        ["body of the greatest length"] = static blocks => blocks[2] = long.MaxValue,
        ["body shorter than the message's"] = static blocks => blocks[2] -= 8,
        ["body longer than the message's"] = static blocks => blocks[2] += 8,
        ["metadata shorter than the message's"] = static blocks => blocks[1] -= 8,
    };

    public static TheoryData<string> Blocks() => [.. s_blocks.Keys];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_that_lies_is_malformed_with_its_batch(string name)
    {
        Refusal.OfFile(DataFault.Malformed, File(footer => s_blocks[name](footer.Longs(3))), batch: 0);
        Refusal.OfFile(DataFault.Malformed, File(footer => s_blocks[name](footer.Longs(2))));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(7, 0)]
    public void A_head_that_is_not_the_magic_is_not_a_file(int at, byte value)
    {
        var file = File();
        file[at] = value;
        if (at < 6)
        {
            Refusal.OfFile(DataFault.Malformed, file, offset: 0);
        }
        else
        {
            Assert.Equal(2, IpcReading.File(file).Batches.Count);
        }
    }

    [Fact]
    public void A_tail_that_is_not_the_magic_is_a_file_without_a_footer()
    {
        for (var back = 1; back <= 6; back++)
        {
            var file = File();
            file[^back] ^= 0x20;
            Refusal.OfFile(DataFault.Truncated, file, offset: file.Length - 6);
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(17)]
    public void A_file_of_magic_alone_is_truncated(int length)
    {
        byte[] file = [.. "ARROW1\0\0"u8, 0, 0, 0, .. "ARROW1"u8];
        Refusal.OfFile(DataFault.Truncated, file[..length], offset: length);
    }

    [Fact]
    public void A_footer_length_that_lies_is_refused_before_memory_is_taken_for_it()
    {
        var length = File().Length;
        foreach (var (lie, kind) in new[]
        {
            (0, DataFault.Malformed), (-1, DataFault.Malformed), (int.MinValue, DataFault.Malformed), (int.MaxValue, DataFault.Malformed),
            (length, DataFault.Malformed), (length - 17, DataFault.Malformed), (length - 10, DataFault.Malformed), (8, DataFault.Malformed),
        })
        {
            var file = File();
            BitConverter.TryWriteBytes(file.AsSpan(length - 10), lie);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Refusal.OfFile(kind, file);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
        }
    }

    [Fact]
    public void A_footer_without_a_schema_is_malformed() => Refusal.OfFile(DataFault.Malformed, File(static footer => footer[1] = null));

    [Fact]
    public void A_footer_of_a_later_version_is_not_read() => Refusal.OfFile(DataFault.Unsupported, File(static footer => footer[0] = (short)5));

    [Fact]
    public void A_footer_without_blocks_is_a_file_without_batches()
    {
        Assert.Empty(IpcReading.File(File(static footer => (footer[2], footer[3]) = (null, null))).Batches);
        Assert.Empty(IpcReading.File(File(static footer => footer[3] = new FlatLongs(3))).Batches);
    }

    [Fact]
    public void A_block_that_leads_to_another_kind_of_message_is_malformed()
    {
        // the schema message lies at 8, the dictionary behind it
        var schema = Messages()[0];
        schema.ToBytes();
        Refusal.OfFile(
            DataFault.Malformed,
            File(footer => footer[3] = new FlatLongs(3) { 8, schema.MetadataLength, 0 }),
            batch: 0,
            offset: 8);
        Refusal.OfFile(DataFault.Malformed, File(static footer => (footer[2], footer[3]) = (footer[3], footer[2])));
        Refusal.OfFile(DataFault.Malformed, File(static footer => footer[2] = footer[3]));
    }

    [Fact]
    public void The_same_block_many_times_is_malformed_before_anything_is_read()
    {
        var file = File(static footer =>
        {
            var blocks = new FlatLongs(3);
            for (var i = 0; i < 5000; i++)
            {
                blocks.AddRange(footer.Longs(3).Take(3));
            }

            footer[3] = blocks;
        });
        var fault = Refusal.OfFile(DataFault.Malformed, file);
        Assert.NotNull(fault.Location.Batch);
        Assert.Contains("overlap", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_footer_may_omit_and_reorder_batches()
    {
        var (_, both) = IpcReading.File(File());
        var (_, reordered) = IpcReading.File(File(static footer => footer[3] = new FlatLongs(3) { footer.Longs(3)[3], footer.Longs(3)[4], footer.Longs(3)[5], footer.Longs(3)[0], footer.Longs(3)[1], footer.Longs(3)[2] }));
        IpcReading.AssertEqual([both[1], both[0]], reordered);
        var (_, one) = IpcReading.File(File(static footer => footer.Longs(3).RemoveRange(0, 3)));
        IpcReading.AssertEqual([both[1]], one);
    }

    [Fact]
    public void The_footers_schema_rules_over_the_embedded_one_and_stays_in_its_bounds()
    {
        var (_, expected) = IpcReading.File(File());
        Refusal.OfFile(
            DataFault.Malformed,
            File(static footer => footer[1] = Made.Schema(MadeField.Int("v", 64), MadeField.Coded("k", new FlatNode { [0] = 64 }), MadeField.Of("more", ArrowTypeId.Utf8)).Header),
            batch: 0);

        // codes of eight bits that the footer calls sixteen are too short for their rows
        Refusal.OfFile(
            DataFault.Malformed,
            File(static footer => footer[1] = Made.Schema(MadeField.Int("v", 64), MadeField.Coded("k", new FlatNode { [0] = 16, [1] = true })).Header),
            column: "k",
            batch: 0);
        var (schema, batches) = IpcReading.File(File(static footer => footer[1] = Made.Schema(MadeField.Int("renamed", 64, isSigned: false), MadeField.Coded("k", new FlatNode { [0] = 8, [1] = true })).Header));
        Assert.Equal("renamed", schema.Fields[0].Name);
        Assert.Equal(expected[0].Columns[0], batches[0].Columns[0]);
    }

    [Fact]
    public void A_file_needs_no_schema_message_and_no_end_mark()
    {
        var messages = Messages();
        List<byte> bytes = [.. "ARROW1\0\0"u8];
        var (dictionaries, batches) = (new FlatLongs(3), new FlatLongs(3));
        foreach (var message in messages.Skip(1))
        {
            var start = bytes.Count;
            bytes.AddRange(message.ToBytes());
            (message.Message[1] is (byte)2 ? dictionaries : batches).AddRange([start, message.MetadataLength, message.Body.Length]);
        }

        var footer = new FlatNode { [0] = (short)4, [1] = messages[0].Header, [2] = dictionaries, [3] = batches }.ToBytes();
        byte[] file = [.. bytes, .. footer, .. BitConverter.GetBytes(footer.Length), .. "ARROW1"u8];
        IpcReading.AssertEqual(IpcReading.File(File()).Batches, IpcReading.File(file).Batches);
    }

    [Fact]
    public void A_buffer_longer_than_any_array_is_over_the_limit_and_not_asked_of_the_runtime()
    {
        const long Huge = int.MaxValue - 7L;
        var column = MadeColumn.Fixed("w", ArrowTypeId.FixedSizeBinary, new FlatNode { [0] = (int)Huge }, [], 1);
        var batch = Made.Batch(column);
        batch.Message[3] = Huge;
        batch.Header.Longs(2)[3] = Huge;
        var head = batch.ToBytes();
        var footer = new FlatNode { [0] = (short)4, [1] = Made.Schema(column).Header, [3] = new FlatLongs(3) { 8, batch.MetadataLength, Huge } }.ToBytes();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "sparse.arrow");
        using (var file = new FileStream(path, FileMode.CreateNew))
        {
            file.Write("ARROW1\0\0"u8);
            file.Write(head);
            file.Seek(Huge, SeekOrigin.Current);
            file.Write(footer);
            file.Write(BitConverter.GetBytes(footer.Length));
            file.Write("ARROW1"u8);
        }

        using var reader = IpcFileReader.Open(path);
        using var lease = new BatchLease();
        var fault = Assert.Throws<LimitExceededException>(() => reader.Read(0, Projection.All(reader.Schema), lease));
        Assert.Contains("(MaxBufferBytes)", fault.Message, StringComparison.Ordinal);
        Assert.Equal(("w", 0L), (fault.Location.Column, fault.Location.Batch));
    }

    [Theory]
    [InlineData(-8)]
    [InlineData(8)]
    public void A_message_whose_own_length_is_not_the_footers_is_refused(int change)
    {
        var bytes = File();
        long offset;
        using (var whole = IpcFileReader.Open(bytes.ToArray(), "x"))
        {
            offset = whole.BatchInfo(0).Offset;
        }

        var place = bytes.AsSpan((int)offset + 4, 4);
        BinaryPrimitives.WriteInt32LittleEndian(place, BinaryPrimitives.ReadInt32LittleEndian(place) + change);
        using var reader = IpcFileReader.Open(bytes, "x");
        using var lease = new BatchLease();
        var fault = Assert.Throws<MalformedArrowException>(() => reader.Read(0, Projection.All(reader.Schema), lease));
        Assert.Contains("the message has", fault.Message, StringComparison.Ordinal);
    }

    private static MadeMessage[] Messages()
    {
        var first = new[] { MadeColumn.Int64("v", 1, 2), MadeColumn.Codes("k", 1, 8, true, [0, 1]) };
        var second = new[] { MadeColumn.Int64("v", 3, 4, 5), MadeColumn.Codes("k", 1, 8, true, [1, 1, 0]) };
        return [Made.Schema(first), Made.Dictionary(1, "x", "y"), Made.Batch(first), Made.Batch(second)];
    }

    private static byte[] File(Action<FlatNode>? footer = null) => Made.File(Messages(), footer);
}
