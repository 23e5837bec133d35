using System.Buffers.Binary;
using IndicatorCore.Columns;
using IndicatorCore.Compression;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Compression;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Compressed buffers that declare, hold or hide something else than they should.</summary>
public sealed class HostileCompressionTests
{
    private const int ValuesBuffer = 1;

    /// <summary>The values of the column: 24 rows, 192 bytes that LZ4 makes smaller.</summary>
    private static readonly MadeColumn s_column = MadeColumn.Int64("v", [.. Enumerable.Range(0, 24).Select(static row => (long?)(row % 3))]);

    private static readonly Dictionary<string, (Func<byte[], byte[]> Pack, DataFault Kind)> s_buffers = new()
    {
        ["length -2"] = (static plain => Made.Prefixed(-2, Lz4Bytes.Encode(plain)), DataFault.Malformed),
        ["least length"] = (static plain => Made.Prefixed(long.MinValue, Lz4Bytes.Encode(plain)), DataFault.Malformed),
        ["length 2^31"] = (static plain => Made.Prefixed(1L << 31, Lz4Bytes.Encode(plain)), DataFault.Malformed),
        ["length 2^40"] = (static plain => Made.Prefixed(1L << 40, Lz4Bytes.Encode(plain)), DataFault.Malformed),
        ["greatest length"] = (static plain => Made.Prefixed(long.MaxValue, Lz4Bytes.Encode(plain)), DataFault.Malformed),
        ["one byte more than there is"] = (static plain => Made.Prefixed(plain.Length + 1, Lz4Bytes.Encode(plain)), DataFault.Malformed),
        ["one byte less than there is"] = (static plain => Made.Prefixed(plain.Length - 1, Lz4Bytes.Encode(plain)), DataFault.Malformed),
        ["length 0 before data"] = (static plain => Made.Prefixed(0, Lz4Bytes.Encode(plain)), DataFault.Malformed),
        ["length 0 and nothing"] = (static plain => Made.Prefixed(0, []), DataFault.Malformed),
        ["a length and nothing"] = (static plain => Made.Prefixed(plain.Length, []), DataFault.Malformed),
        ["an empty frame"] = (static plain => Made.Prefixed(plain.Length, Lz4Bytes.Encode([])), DataFault.Malformed),
        ["raw, one byte too few"] = (static plain => Made.Prefixed(-1, plain[1..]), DataFault.Malformed),
        ["raw and nothing"] = (static plain => Made.Prefixed(-1, []), DataFault.Malformed),
        ["one byte"] = (static _ => [7], DataFault.Malformed),
        ["four bytes"] = (static _ => [7, 0, 0, 0], DataFault.Malformed),
        ["seven bytes"] = (static _ => [7, 0, 0, 0, 0, 0, 0], DataFault.Malformed),
        ["two frames"] = (static plain => Made.Prefixed(plain.Length, [.. Lz4Bytes.Encode(plain[..96]), .. Lz4Bytes.Encode(plain[96..])]), DataFault.Malformed),
        ["a byte behind the frame"] = (static plain => Made.Prefixed(plain.Length, [.. Lz4Bytes.Encode(plain), 0]), DataFault.Malformed),
        ["a skippable frame first"] = (static plain => Made.Prefixed(plain.Length, [0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 9, .. Lz4Bytes.Encode(plain)]), DataFault.Unsupported),
        ["a skippable frame last"] = (static plain => Made.Prefixed(plain.Length, [.. Lz4Bytes.Encode(plain), 0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0]), DataFault.Malformed),
        ["a legacy frame"] = (static plain => Made.Prefixed(plain.Length, [0x02, 0x21, 0x4C, 0x18, 1, 0, 0, 0, 0]), DataFault.Unsupported),
        ["a Zstandard frame"] = (static plain => Made.Prefixed(plain.Length, [0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0]), DataFault.Malformed),
        ["a wrong header checksum"] = (static plain => Framed(plain, static frame => frame[14] ^= 1), DataFault.Checksum),
        ["a wrong content checksum"] = (static plain => Framed(plain, static frame => frame[^1] ^= 1), DataFault.Checksum),
        ["another content size"] = (static plain => Framed(plain, static frame => Rehash(frame, 6, 1)), DataFault.Malformed),
        ["a content size of 2^63 + 5"] = (static plain => Framed(plain, static frame => Rehash(frame, 13, 0x80)), DataFault.Malformed),
        ["version 2"] = (static plain => Framed(plain, static frame => Rehash(frame, 4, 0xC0)), DataFault.Unsupported),
        ["a reserved bit of the flags"] = (static plain => Framed(plain, static frame => Rehash(frame, 4, 0x02)), DataFault.Malformed),
        ["a reserved bit of the block descriptor"] = (static plain => Framed(plain, static frame => Rehash(frame, 5, 0x80)), DataFault.Malformed),
        ["block maximum 0"] = (static plain => Framed(plain, static frame => Rehash(frame, 5, 0x40)), DataFault.Malformed),
        ["block maximum 1"] = (static plain => Framed(plain, static frame => Rehash(frame, 5, 0x50)), DataFault.Malformed),
        ["block maximum 2"] = (static plain => Framed(plain, static frame => Rehash(frame, 5, 0x60)), DataFault.Malformed),
        ["block maximum 3"] = (static plain => Framed(plain, static frame => Rehash(frame, 5, 0x70)), DataFault.Malformed),
        ["a dictionary id"] = (static plain => Framed(plain, static frame => Rehash(frame, 4, 0x01), dictionaryId: true), DataFault.Unsupported),
        ["a wrong block checksum"] = (static plain => Checked(plain, 1), DataFault.Checksum),
        ["an empty block checksum"] = (static plain => Checked(plain, 0)[..^8], DataFault.Truncated),
        ["a match over the border of an independent block"] = (
            static plain => Made.Prefixed(192, Lz4Bytes.Frame(linked: false, (plain[..24], true), ([.. Lz4Bytes.Sequence([], 24, 163), .. Lz4Bytes.Sequence(plain.AsSpan(187))], false))),
            DataFault.Malformed),
        ["a match beyond the history of a linked block"] = (
            static plain => Made.Prefixed(192, Lz4Bytes.Frame(linked: true, (plain[..24], true), ([.. Lz4Bytes.Sequence([], 25, 163), .. Lz4Bytes.Sequence(plain.AsSpan(187))], false))),
            DataFault.Malformed),
        ["a block of the greatest size"] = (static plain => Framed(plain, static frame => BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(15), int.MaxValue)), DataFault.Malformed),
        ["a block larger than the frame's maximum"] = (static plain => Framed(plain, static frame => BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(15), 65_537)), DataFault.Malformed),
        ["a block that ends behind the frame"] = (static plain => Framed(plain, static frame => BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(15), 60_000)), DataFault.Truncated),
        ["no end mark"] = (static plain => Made.Prefixed(plain.Length, Lz4Bytes.Encode(plain)[..^4]), DataFault.Truncated),
        ["no content checksum"] = (static plain => Made.Prefixed(plain.Length, Lz4Bytes.Encode(plain, contentChecksum: true)[..^4]), DataFault.Truncated),
        ["a match of offset 0"] = (static plain => Block([.. Lz4Bytes.Sequence(new byte[8], 0, 179), .. Lz4Bytes.Sequence(new byte[5])]), DataFault.Malformed),
        ["a match before the start"] = (static plain => Block([.. Lz4Bytes.Sequence(new byte[8], 9, 179), .. Lz4Bytes.Sequence(new byte[5])]), DataFault.Malformed),
        ["a match of more than is due"] = (static plain => Block([.. Lz4Bytes.Sequence(new byte[8], 8, 1_000_000), .. Lz4Bytes.Sequence(new byte[5])]), DataFault.Malformed),
        ["literals that run off"] = (static plain => Block([0xF0, 255, 255, 255]), DataFault.Malformed),
        ["a match length that runs off"] = (static plain => Block([0x1F, 9, 1, 0, 255, 255]), DataFault.Malformed),
        ["a match at the very end"] = (static plain => Block(Lz4Bytes.Sequence(new byte[8], 8, 184)), DataFault.Malformed),
    };

    private static readonly Dictionary<string, Func<byte[], byte[]>> s_legal = new()
    {
        ["one frame"] = Made.Lz4,
        ["a content checksum"] = static plain => Framed(plain, static _ => { }),
        ["stored raw"] = static plain => Made.Prefixed(-1, plain),
        ["a block checksum"] = static plain => Checked(plain, 0),
        ["linked blocks"] = static plain => Made.Prefixed(plain.Length, Lz4Bytes.Frame(linked: true, (plain[..24], true), ([.. Lz4Bytes.Sequence([], 24, 158), .. Lz4Bytes.Sequence(plain.AsSpan(182, 5))], false), (plain[187..], true))),
        ["independent raw blocks"] = static plain => Made.Prefixed(plain.Length, Lz4Bytes.Frame(linked: false, (plain[..100], true), (plain[100..], true))),
        ["an empty raw block"] = static plain => Made.Prefixed(plain.Length, Lz4Bytes.Frame(linked: false, ([], true), (plain, true))),
        ["spare bytes within reason"] = static plain => Made.Lz4([.. plain, .. new byte[64]]),
    };

    public static TheoryData<string> Buffers() => [.. s_buffers.Keys];

    public static TheoryData<string> Legal() => [.. s_legal.Keys];

    [Theory]
    [MemberData(nameof(Buffers))]
    public void A_compressed_buffer_that_lies_is_refused_with_its_column_before_memory_is_taken_for_it(string name)
    {
        var (pack, kind) = s_buffers[name];
        var messages = Packed(pack);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.Everywhere(kind, messages, column: "v", batch: 0);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);

        // the same column, not needed, is no hindrance
        var other = MadeColumn.Int64("other", [.. Enumerable.Range(0, 24).Select(static row => (long?)row)]);
        messages = [Made.Schema(s_column, other), Made.Packed((index, plain) => index == ValuesBuffer ? pack(plain) : Made.Lz4(plain), s_column, other)];
        Assert.Equal("23", IpcReading.Stream(Made.Stream(messages), [1]).Batches[0].Columns[1]![^1]);
    }

    [Theory]
    [MemberData(nameof(Legal))]
    public void Every_legal_way_to_store_a_buffer_is_read(string name)
    {
        var messages = Packed(s_legal[name]);
        string[] expected = [.. Enumerable.Range(0, 24).Select(static row => $"{row % 3}")];
        Assert.Equal(expected, IpcReading.Stream(Made.Stream(messages)).Batches[0].Columns[0]!);
        Assert.Equal(expected, IpcReading.File(Made.File(messages)).Batches[0].Columns[0]!);
    }

    [Theory]
    [InlineData("no bytes")]
    [InlineData("a length of 0 alone")]
    [InlineData("a length of 0 and an empty frame")]
    [InlineData("raw and nothing")]
    public void An_empty_buffer_may_be_stored_in_every_way(string way)
    {
        byte[] Pack(byte[] plain) => plain.Length > 0 ? Made.Lz4(plain) : way switch
        {
            "no bytes" => [],
            "a length of 0 alone" => Made.Prefixed(0, []),
            "a length of 0 and an empty frame" => Made.Prefixed(0, Lz4Bytes.Encode([])),
            _ => Made.Prefixed(-1, []),
        };
        var columns = new[] { MadeColumn.Int64("v", 1, 2), MadeColumn.Utf8("t", string.Empty, string.Empty) };
        var none = new[] { MadeColumn.Int64("v"), MadeColumn.Of(MadeField.Of("t", ArrowTypeId.Utf8), 0, [[], [], []]) };
        var messages = new[] { Made.Schema(columns), Made.Packed((_, plain) => Pack(plain), columns), Made.Packed((_, plain) => Pack(plain), none) };
        var (_, batches) = IpcReading.Stream(Made.Stream(messages));
        Assert.Equal(["''", "''"], batches[0].Columns[1]!);
        Assert.Equal(0, batches[1].Rows);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    public void A_codec_that_is_not_here_is_unsupported_where_a_needed_buffer_has_it(int codec, int method)
    {
        var empty = MadeColumn.Null("n", 24);
        var messages = new[] { Made.Schema(s_column, empty), Made.Packed(static (_, plain) => Made.Lz4(plain), s_column, empty) };
        messages[1].Header.Table(3)[0] = (byte)(sbyte)codec;
        messages[1].Header.Table(3)[1] = (byte)method;
        Refusal.Everywhere(DataFault.Unsupported, messages, column: "v", batch: 0, at: 1);
        Assert.Equal("null", IpcReading.Stream(Made.Stream(messages), [1]).Batches[0].Columns[1]![0]);
    }

    [Fact]
    public void One_batch_may_be_compressed_and_another_not()
    {
        var messages = new[] { Made.Schema(s_column), Made.Batch(s_column), Made.Packed(static (_, plain) => Made.Lz4(plain), s_column), Made.Batch(s_column) };
        var (_, batches) = IpcReading.Stream(Made.Stream(messages));
        Assert.Equal(batches[0].Columns[0], batches[1].Columns[0]);
        Assert.Equal(batches[0].Columns[0], batches[2].Columns[0]);
    }

    [Fact]
    public void A_frame_of_32_MiB_for_24_rows_is_refused_by_what_the_rows_need()
    {
        var bomb = Lz4Bytes.Encode(new byte[32 << 20]);

        // its length is told truly
        var messages = Packed(_ => Made.Prefixed(32 << 20, bomb));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Refusal.Everywhere(DataFault.LimitExceeded, messages, column: "v", batch: 0);
        Assert.Contains("192", fault.Message, StringComparison.Ordinal);

        // or not: decoding stops at the declared end
        messages = Packed(_ => Made.Prefixed(192, bomb));
        Refusal.Everywhere(DataFault.Malformed, messages, column: "v", batch: 0);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Fact]
    public void A_bitmap_and_offsets_are_bounded_by_their_rows()
    {
        var bomb = Made.Prefixed(1 << 20, Lz4Bytes.Encode(new byte[1 << 20]));
        var nulls = MadeColumn.Int64("v", 1, null, 3);
        Refusal.Everywhere(DataFault.LimitExceeded, [Made.Schema(nulls), Made.Packed((index, plain) => index == 0 ? bomb : Made.Lz4(plain), nulls)], column: "v", batch: 0);
        var text = MadeColumn.Utf8("t", "a", "b");
        Refusal.Everywhere(DataFault.LimitExceeded, [Made.Schema(text), Made.Packed((index, plain) => index == 1 ? bomb : Made.Lz4(plain), text)], column: "t", batch: 0);
        Refusal.Everywhere(DataFault.LimitExceeded, [Made.Schema(text), Made.Packed((index, plain) => index == 2 ? bomb : Made.Lz4(plain), text)], column: "t", batch: 0);
    }

    [Fact]
    public void A_frame_cut_at_any_byte_is_refused()
    {
        var frame = Lz4Bytes.Encode([.. Enumerable.Range(0, 192).Select(static i => (byte)(i % 24))], contentChecksum: true);
        for (var length = 0; length < frame.Length; length++)
        {
            var cut = frame[..length];
            var fault = Assert.Throws<MalformedArrowException>(() => IpcReading.Stream(Made.Stream(Packed(_ => Made.Prefixed(192, cut)))));
            Assert.Equal(length == 0 ? DataFault.Malformed : DataFault.Truncated, fault.Kind);
        }
    }

    [Fact]
    public void A_checksum_is_passed_over_only_where_the_options_say_so()
    {
        var messages = Packed(static plain => Framed(plain, static frame => frame[^1] ^= 1));
        Refusal.Everywhere(DataFault.Checksum, messages, column: "v", batch: 0);
        Assert.Equal(24, IpcReading.Stream(Made.Stream(messages), options: new IpcReaderOptions { VerifyChecksums = false }).Batches[0].Rows);
    }

    // CVE-2025-12183, CVE-2025-66566: LZ4 decoders that showed bytes of earlier outputs; RUSTSEC-2026-0041 / CVE-2026-32829: or wrote past
    // the output; CVE-2021-3520: a length that overflows to a negative one
    [Fact]
    public void Bytes_of_an_earlier_batch_never_show_in_a_lease_that_is_used_again()
    {
        var secret = MadeColumn.Fixed("v", ArrowTypeId.Int, new FlatNode { [0] = 64, [1] = true }, [.. Enumerable.Repeat((byte)0x5A, 192)], 24);
        var good = Made.Packed(static (_, plain) => Made.Lz4(plain), secret);
        foreach (var name in s_buffers.Keys)
        {
            var bad = Packed(s_buffers[name].Pack)[1];
            using var reader = IpcFileReader.Open(Made.File([Made.Schema(secret), good, bad]), "test");
            using var lease = new BatchLease();
            reader.Read(0, Projection.All(reader.Schema), lease);
            Assert.Equal(0x5A5A5A5A5A5A5A5A, lease.View()[0].Values<long>()[23]);
            reader.Read(1, Projection.All(reader.Schema), lease);
            Assert.ThrowsAny<IndicatorDataException>(() => lease.Decode());
            Assert.ThrowsAny<IndicatorDataException>(() => lease.View()[0].Length);
        }
    }

    [Fact]
    public void A_sum_of_lengths_that_overflows_an_int_is_malformed()
    {
        // 2^31 / 255 bytes of 255 in a block of 4 MiB at most: the sum ends at the block's border, or the output's
        byte[] literals = [0xF0, .. Enumerable.Repeat((byte)255, 4 << 20), 0];
        Span<byte> output = new byte[64];
        Assert.NotEqual(Lz4BlockFault.None, Lz4Block.Decode(literals, output, 0, 0, out var written, out _));
        Assert.Equal(0, written);
        byte[] match = [0x1F, 1, 1, 0, .. Enumerable.Repeat((byte)255, 8_500_000), 0, 0x50, 1, 2, 3, 4, 5];
        Assert.NotEqual(Lz4BlockFault.None, Lz4Block.Decode(match, output, 0, 0, out _, out _));
    }

    [Fact]
    public void A_codec_of_the_caller_that_fails_spoils_its_batch_alone_and_for_good()
    {
        var messages = new[] { Made.Schema(s_column), Made.Packed(static (_, plain) => Made.Lz4(plain), s_column), Made.Batch(s_column) };
        var options = new IpcReaderOptions { Codecs = [new FailingCodec()] };
        using var reader = IpcFileReader.Open(Made.File(messages), "test", options);
        using var lease = new BatchLease();
        reader.Read(0, Projection.All(reader.Schema), lease);
        var fault = Assert.Throws<InvalidTimeZoneException>(() => lease.Decode());
        Assert.Same(fault, Assert.Throws<InvalidTimeZoneException>(() => lease.View().Length));
        reader.Read(1, Projection.All(reader.Schema), lease);
        Assert.Equal(24, lease.View().Length);
    }

    private static MadeMessage[] Packed(Func<byte[], byte[]> pack) =>
        [Made.Schema(s_column), Made.Packed((index, plain) => index == ValuesBuffer ? pack(plain) : Made.Lz4(plain), s_column)];

    /// <summary>A frame with content size and checksum, then spoilt.</summary>
    private static byte[] Framed(byte[] plain, Action<byte[]> spoil, bool dictionaryId = false)
    {
        var frame = Lz4Bytes.Encode(plain, contentChecksum: true);
        spoil(frame);
        if (dictionaryId)
        {
            // the id stands between the content size and the checksum of the descriptor
            frame = [.. frame[..14], 7, 0, 0, 0, .. frame[14..]];
            frame[18] = (byte)(XxHash32.Hash(frame.AsSpan(4, 14)) >> 8);
        }

        return Made.Prefixed(plain.Length, frame);
    }

    /// <summary>A frame of one raw block with its checksum, to which <paramref name="error"/> is added.</summary>
    private static byte[] Checked(byte[] plain, uint error)
    {
        byte[] head = [0x70, 0x40];
        return Made.Prefixed(
            plain.Length,
            [
                4, 0x22, 0x4D, 0x18, .. head, (byte)(XxHash32.Hash(head) >> 8),
                .. BitConverter.GetBytes((uint)plain.Length | 0x80000000), .. plain, .. BitConverter.GetBytes(XxHash32.Hash(plain) + error), 0, 0, 0, 0,
            ]);
    }

    /// <summary>Flips bits of the descriptor and makes its checksum right again.</summary>
    private static void Rehash(byte[] frame, int at, byte bits)
    {
        frame[at] ^= bits;
        frame[14] = (byte)(XxHash32.Hash(frame.AsSpan(4, 10)) >> 8);
    }

    private static byte[] Block(byte[] block) => Made.Prefixed(192, Lz4Bytes.Frame(linked: false, (block, false)));

    private sealed class FailingCodec : IBufferCodec
    {
        public int CodecId => 0;

        public void Decode(ReadOnlySpan<byte> source, Span<byte> destination, CancellationToken cancellationToken) =>
            throw new InvalidTimeZoneException("not what the contract says");
    }
}
