using IndicatorCore.Compression;
using IndicatorCore.Errors;
using IndicatorCore.Fuzz.Campaigns;
using IndicatorCore.Fuzz.Guards;
using IndicatorCore.Fuzz.Mutation;
using Xunit.Abstractions;

namespace IndicatorCore.Tests.Compression;

/// <summary>Our LZ4 against the reference implementation, both ways, and verdict against verdict where bytes are bad.</summary>
public sealed class Liblz4Tests(ITestOutputHelper output)
{
    private const int MostBytes = 6 << 20;

    public static TheoryData<int, int, bool, bool, bool, bool> FrameFlags()
    {
        var data = new TheoryData<int, int, bool, bool, bool, bool>();
        for (var flags = 0; flags < 128; flags++)
        {
            data.Add(4 + (flags & 3), (flags & 4) == 0 ? 0 : 9, (flags & 8) != 0, (flags & 16) != 0, (flags & 32) != 0, (flags & 64) != 0);
        }

        return data;
    }

    [SkippableFact]
    public void Every_tiny_input_goes_both_ways()
    {
        Liblz4.Require();
        for (var length = 0; length <= 64; length++)
        {
            foreach (var plain in Kinds(length))
            {
                AssertBothWays(plain);
                AssertFrames(plain);
            }
        }
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Inputs_of_every_kind_go_both_ways_at_every_level()
    {
        Liblz4.Require();
        foreach (var length in (int[])[65, 100, 255, 256, 1_000, 4_095, 65_535, 65_536, 65_537, 70_000, 300_000])
        {
            foreach (var plain in Kinds(length))
            {
                AssertBothWays(plain);
                AssertFrames(plain);
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(FrameFlags))]
    public void Frames_of_every_flag_set_are_read(int blockSize, int level, bool isIndependent, bool contentSum, bool blockSum, bool isSized)
    {
        Liblz4.Require();
        foreach (var plain in Kinds(200_000))
        {
            var frame = Liblz4.EncodeFrame(plain, Preferences(plain, blockSize, level, isIndependent, contentSum, blockSum, isSized));
            Assert.Equal(isIndependent || plain.Length <= 1 << (8 + (2 * blockSize)), (frame[4] & 0x20) != 0);
            Assert.Equal((contentSum, blockSum, isSized), ((frame[4] & 4) != 0, (frame[4] & 16) != 0, (frame[4] & 8) != 0));
            AssertFrame(frame, plain);
        }
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Blocks_of_four_megabytes_and_their_links_are_read()
    {
        Liblz4.Require();
        var plain = Lz4Bytes.Mixed(5 << 20, seed: 4);
        foreach (var blockSize in (int[])[4, 7])
        {
            foreach (var isIndependent in (bool[])[false, true])
            {
                AssertFrame(Liblz4.EncodeFrame(plain, Preferences(plain, blockSize, 0, isIndependent, true, true, true)), plain);
            }
        }

        Assert.Equal(plain, Liblz4.DecodeFrame(Lz4Bytes.Encode(plain, 4_194_304, contentChecksum: true), plain.Length));
    }

    [SkippableFact]
    public void Matches_of_every_offset_and_length_decode_alike()
    {
        Liblz4.Require();
        var pages = new GuardedPages(4_096);
        using (pages)
        {
            for (var offset = 1; offset <= 64; offset++)
            {
                for (var length = 4; length <= 84; length++)
                {
                    var literals = Lz4Bytes.Random(offset + (length % 3), seed: offset);
                    byte[] block = [.. Lz4Bytes.Sequence(literals, offset, length), .. Lz4Bytes.Sequence(Lz4Bytes.Random(12, length))];
                    var expected = pages.AtEnd(literals.Length + length + 12);
                    Assert.Equal(expected.Length, Liblz4.DecodeBlock(block, expected, 0));
                    var truth = expected.ToArray();
                    foreach (var slack in (int[])[0, 1, 17, 64])
                    {
                        var room = pages.AtEnd(truth.Length + slack);
                        room.Fill(0xC7);
                        Assert.Equal(Lz4BlockFault.None, Lz4Block.Decode(block, room, 0, 0, out var written, out _));
                        Assert.True(room[..written].SequenceEqual(truth), $"offset {offset}, length {length}, slack {slack}");
                    }
                }
            }
        }
    }

    [SkippableFact]
    public void Changed_blocks_get_the_verdict_that_the_reference_decoder_gives()
    {
        Liblz4.Require();
        using var sourcePages = new GuardedPages(MostBytes);
        using var pages = new GuardedPages(MostBytes);
        var campaign = new Lz4BlockCampaign();
        var (both, none, stricter, looser) = (0, 0, 0, 0);
        for (var index = 0; index < 100_000; index++)
        {
            var input = campaign.Make(index, 17);
            if (input.Room == 0)
            {
                continue;   // the reference gives this a meaning of its own
            }

            var block = index % 2 == 0 ? sourcePages.AtEnd(input.Bytes.Length) : sourcePages.AtStart(input.Bytes.Length);
            input.Bytes.CopyTo(block);
            var theirs = Theirs(pages, block, input);
            var ours = Ours(pages, block, input, out var fault);
            if (ours is not null && theirs is not null)
            {
                Assert.Equal(theirs, ours);
                both++;
            }
            else if (ours is null && theirs is null)
            {
                none++;
            }
            else if (ours is null)
            {
                // the format forbids both: less than five literals behind the last match, which the reference checks only near the end
                // of its room, and an offset of zero, for which it writes zeros
                Assert.True(fault is Lz4BlockFault.LastLiterals or Lz4BlockFault.OffsetZero, $"input {index} is read by the reference, refused here: {fault}");
                stricter++;
            }
            else
            {
                // the reference's own rule: no match starts in the last twelve bytes of the room
                Assert.True(Lz4Bytes.Walk(input.Bytes).LastMatchStart > input.Room - 12, $"input {index} is refused by the reference");
                looser++;
            }
        }

        output.WriteLine($"{both} read by both, {none} refused by both, {stricter} refused by us alone, {looser} by the reference alone");
        Assert.True(both > 20_000 && none > 20_000 && stricter + looser < both);
    }

    [SkippableFact]
    public void Changed_frames_that_we_read_the_reference_reads_alike()
    {
        Liblz4.Require();
        var campaign = new Lz4FrameCampaign();
        var (read, refused, stricter, looser) = (0, 0, 0, 0);
        for (var index = 0; index < 30_000; index++)
        {
            var input = campaign.Make(index, 18);
            var theirs = Liblz4.DecodeFrame(input.Bytes, input.Room);
            byte[]? ours = new byte[input.Room];
            try
            {
                Lz4Frame.Decode(input.Bytes, ours);
            }
            catch (IndicatorDataException)
            {
                ours = null;
            }

            if (ours is not null && theirs is not null)
            {
                Assert.Equal(theirs, ours);
                read++;
            }
            else if (ours is null && theirs is not null)
            {
                stricter++;
            }
            else if (ours is null)
            {
                refused++;
            }
            else
            {
                looser++;
            }
        }

        // the three cases of the blocks inside, and no more of them than there
        output.WriteLine($"{read} read by both, {refused} refused by both, {stricter} refused by us alone, {looser} by the reference alone");
        Assert.True(read > 3_000 && refused > 10_000 && stricter < read / 100 && looser < read / 500, $"{read}, {refused}, {stricter}, {looser}");
    }

    private static byte[]? Theirs(GuardedPages pages, ReadOnlySpan<byte> block, FuzzInput input)
    {
        var room = Room(pages, input);
        var size = Liblz4.DecodeBlock(block, room, input.History);
        return size < 0 ? null : room.Slice(input.History, size).ToArray();
    }

    private static byte[]? Ours(GuardedPages pages, ReadOnlySpan<byte> block, FuzzInput input, out Lz4BlockFault fault)
    {
        var room = Room(pages, input);
        fault = Lz4Block.Decode(block, room, input.History, 0, out var written, out _);
        return fault == Lz4BlockFault.None ? room.Slice(input.History, written).ToArray() : null;
    }

    private static Span<byte> Room(GuardedPages pages, FuzzInput input)
    {
        var room = pages.AtEnd(input.History + input.Room);
        room.Fill(0x11);
        for (var i = 0; i < input.History; i++)
        {
            room[i] = (byte)(i * 37);
        }

        return room;
    }

    private static byte[][] Kinds(int length) =>
        [new byte[length], Lz4Bytes.Random(length, length), Lz4Bytes.Mixed(length, length), Lz4Drawing.Plain(new SeededRandom(9, length), length)];

    private static Liblz4.FramePreferences Preferences(
        byte[] plain, int blockSize, int level, bool isIndependent, bool contentSum, bool blockSum, bool isSized) => new()
        {
            BlockSize = blockSize,
            BlockMode = isIndependent ? 1 : 0,
            ContentChecksum = contentSum ? 1 : 0,
            BlockChecksum = blockSum ? 1 : 0,
            ContentSize = isSized ? (ulong)plain.Length : 0,
            Level = level,
        };

    private static void AssertBothWays(byte[] plain)
    {
        var ours = new byte[Lz4Block.MaxEncodedBytes(plain.Length)];
        var size = Lz4Block.Encode(plain, ours);
        var decoded = new byte[plain.Length];
        Assert.Equal(plain.Length, Liblz4.DecodeBlock(ours.AsSpan(0, size), decoded, 0));
        Assert.Equal(plain, decoded);
        foreach (var level in (int[])[-9, 0, 1, 3, 6, 9, 10, 12])
        {
            var block = Liblz4.EncodeBlock(plain, level);
            Assert.Equal(Lz4BlockFault.None, Lz4Bytes.DecodeGuarded(block, plain.Length, out var back));
            Assert.True(plain.AsSpan().SequenceEqual(back), $"level {level}, {plain.Length} bytes");
        }
    }

    private static void AssertFrames(byte[] plain)
    {
        foreach (var checksum in (bool[])[false, true])
        {
            Assert.Equal(plain, Liblz4.DecodeFrame(Lz4Bytes.Encode(plain, 65_536, checksum), plain.Length));
            AssertFrame(Liblz4.EncodeFrame(plain, Preferences(plain, 4, 0, isIndependent: false, checksum, !checksum, checksum)), plain);
        }
    }

    private static void AssertFrame(byte[] frame, byte[] plain)
    {
        Assert.True(plain.AsSpan().SequenceEqual(Lz4Bytes.DecodeGuarded(frame, plain.Length)));
        Assert.True(plain.AsSpan().SequenceEqual(Lz4Frame.DecodeToArray(frame, plain.Length)));
    }
}
