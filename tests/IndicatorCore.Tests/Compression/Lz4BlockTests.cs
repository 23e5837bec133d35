using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Compression;

namespace IndicatorCore.Tests.Compression;

public sealed class Lz4BlockTests
{
    [Fact]
    public void A_match_repeats_its_pattern_at_every_offset()
    {
        for (var offset = 1; offset <= 64; offset++)
        {
            foreach (var length in (int[])[4, 5, 8, 15, 16, 17, 18, 19, 20, 31, 33, 63, 64, 65, 100, 273, 274, 275, 1000])
            {
                foreach (var behind in (int[])[5, 12, 40, 200])
                {
                    var literals = Lz4Bytes.Random(offset + (length % 3), seed: offset);
                    var tail = Lz4Bytes.Random(behind, seed: length);
                    byte[] block = [.. Lz4Bytes.Sequence(literals, offset, length), .. Lz4Bytes.Sequence(tail)];
                    var expected = new List<byte>(literals);
                    for (var i = 0; i < length; i++)
                    {
                        expected.Add(expected[^offset]);
                    }

                    expected.AddRange(tail);
                    Assert.Equal(Lz4BlockFault.None, Lz4Bytes.DecodeGuarded(block, expected.Count, out var output));
                    Assert.Equal(expected, output);
                    Assert.Equal(Lz4BlockFault.None, Lz4Bytes.DecodeGuarded(block, expected.Count + 300, out output));
                    Assert.Equal(expected, output);
                    Assert.Equal(Lz4BlockFault.OutputFull, Lz4Bytes.DecodeGuarded(block, expected.Count - 1, out _));
                }
            }
        }
    }

    [Fact]
    public void Every_offset_and_length_decodes_alike_with_and_without_room_behind()
    {
        var random = new Random(3);
        for (var round = 0; round < 3000; round++)
        {
            List<byte> block = [];
            List<byte> expected = [];
            for (var sequence = random.Next(1, 12); sequence > 0; sequence--)
            {
                var literals = Lz4Bytes.Random(random.Next(expected.Count == 0 ? 1 : 0, random.Next(5) == 0 ? 400 : 20), random.Next());
                expected.AddRange(literals);
                var offset = random.Next(1, Math.Min(expected.Count, 90) + 1);
                var length = random.Next(4, random.Next(5) == 0 ? 700 : 30);
                block.AddRange(Lz4Bytes.Sequence(literals, offset, length));
                for (var i = 0; i < length; i++)
                {
                    expected.Add(expected[^offset]);
                }
            }

            var tail = Lz4Bytes.Random(random.Next(5, 60), random.Next());
            block.AddRange(Lz4Bytes.Sequence(tail));
            expected.AddRange(tail);
            foreach (var slack in (int[])[0, 1, 15, 16, 17, 63, 64, 1000])
            {
                Assert.Equal(Lz4BlockFault.None, Lz4Bytes.DecodeGuarded([.. block], expected.Count + slack, out var output));
                Assert.True(expected.SequenceEqual(output), $"round {round}, slack {slack}");
            }
        }
    }

    [Fact]
    public void An_offset_of_zero_is_refused_in_the_fast_and_in_the_exact_path()
    {
        foreach (var tail in (int[])[5, 200])
        {
            byte[] block = [.. Lz4Bytes.Sequence("abcdefgh"u8, 0, 6), .. Lz4Bytes.Sequence(Lz4Bytes.Random(tail, 1))];
            Assert.Equal(Lz4BlockFault.OffsetZero, Lz4Bytes.DecodeGuarded(block, 14 + tail, out _));
        }
    }

    [Fact]
    public void An_offset_before_the_start_is_refused_in_the_fast_and_in_the_exact_path()
    {
        foreach (var tail in (int[])[5, 200])
        {
            foreach (var offset in (int[])[9, 16, 17, 65_535])
            {
                byte[] block = [.. Lz4Bytes.Sequence("abcdefgh"u8, offset, 6), .. Lz4Bytes.Sequence(Lz4Bytes.Random(tail, 1))];
                Assert.Equal(Lz4BlockFault.OffsetBeforeStart, Lz4Bytes.DecodeGuarded(block, 14 + tail, out _));
            }
        }
    }

    [Fact]
    public void Only_a_linked_block_may_use_what_came_before_it()
    {
        byte[] block = [.. Lz4Bytes.Sequence("xy"u8, 6, 6), .. Lz4Bytes.Sequence("12345"u8)];
        var output = new byte[4 + 13];
        "abcd"u8.CopyTo(output);
        Assert.Equal(Lz4BlockFault.None, Lz4Block.Decode(block, output, 4, 0, out var written, out _));
        Assert.Equal(13, written);
        Assert.Equal("abcdxyabcdxy12345"u8, output);
        Assert.Equal(Lz4BlockFault.OffsetBeforeStart, Lz4Block.Decode(block, output, 4, 4, out _, out _));
        Assert.Equal(Lz4BlockFault.OffsetBeforeStart, Lz4Block.Decode(block, output, 4, 1, out _, out _));
    }

    [Fact]
    public void A_block_ends_with_literals()
    {
        Assert.Equal(Lz4BlockFault.LastLiterals, Lz4Bytes.DecodeGuarded([], 10, out _));
        Assert.Equal(Lz4BlockFault.LastLiterals, Lz4Bytes.DecodeGuarded(Lz4Bytes.Sequence("abcd"u8, 4, 8), 100, out _));
        foreach (var last in (int[])[0, 1, 4])
        {
            byte[] block = [.. Lz4Bytes.Sequence("abcd"u8, 4, 8), .. Lz4Bytes.Sequence(new byte[last])];
            Assert.Equal(Lz4BlockFault.LastLiterals, Lz4Bytes.DecodeGuarded(block, 100, out _));
        }

        Assert.Equal(Lz4BlockFault.None, Lz4Bytes.DecodeGuarded([0], 0, out var none));
        Assert.Empty(none);
    }

    [Fact]
    public void Lengths_that_run_off_the_block_are_refused()
    {
        Assert.Equal(Lz4BlockFault.InputEnds, Lz4Bytes.DecodeGuarded([0xF0], 100, out _));
        Assert.Equal(Lz4BlockFault.InputEnds, Lz4Bytes.DecodeGuarded([0xF0, 255, 255, 255], 10_000, out _));
        Assert.Equal(Lz4BlockFault.InputEnds, Lz4Bytes.DecodeGuarded([0x50, 1, 2, 3], 100, out _));
        Assert.Equal(Lz4BlockFault.InputEnds, Lz4Bytes.DecodeGuarded([0x10, 1, 1], 100, out _));
        Assert.Equal(Lz4BlockFault.InputEnds, Lz4Bytes.DecodeGuarded([0x1F, 1, 1, 0], 100, out _));

        // 10 MB of 255: the sum is compared as a whole, nothing is copied.
        var huge = new byte[10_000_000];
        huge.AsSpan().Fill(255);
        Assert.Equal(Lz4BlockFault.InputEnds, Lz4Bytes.DecodeGuarded(huge, 100, out _));
        huge[^1] = 0;
        Assert.Equal(Lz4BlockFault.InputEnds, Lz4Bytes.DecodeGuarded(huge, 100, out _));
    }

    [Fact]
    public void What_the_output_held_before_never_shows()
    {
        // The same block over two backgrounds: wide copies may touch old bytes, but never carry them into the result.
        var plain = Lz4Bytes.Mixed(50_000, seed: 9);
        var block = new byte[Lz4Block.MaxEncodedBytes(plain.Length)];
        var size = Lz4Block.Encode(plain, block);
        foreach (var background in (byte[])[0x00, 0xFF, 0x5A])
        {
            var output = new byte[plain.Length];
            output.AsSpan().Fill(background);
            Assert.Equal(Lz4BlockFault.None, Lz4Block.Decode(block.AsSpan(0, size), output, 0, 0, out _, out _));
            Assert.True(plain.AsSpan().SequenceEqual(output));
        }
    }

    [Fact]
    public void Encoding_and_decoding_gives_the_bytes_back()
    {
        Prop.ForAll<byte[], int>((bytes, seed) =>
        {
            byte[] plain = [.. bytes, .. Lz4Bytes.Mixed(Math.Abs(seed % 3000), seed), .. bytes];
            return RoundTrips(plain);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_small_size_and_kind_gives_the_bytes_back()
    {
        for (var length = 0; length <= 80; length++)
        {
            Assert.True(RoundTrips(new byte[length]));
            Assert.True(RoundTrips(Lz4Bytes.Random(length, length)));
            Assert.True(RoundTrips(Lz4Bytes.Mixed(length, length)));
        }
    }

    [Fact]
    public void The_encoder_keeps_the_end_rules()
    {
        for (var length = 0; length <= 12; length++)
        {
            var block = new byte[40];
            Assert.Equal(length + 1, Lz4Block.Encode(new byte[length], block));
        }

        for (var length = 13; length < 3000; length += length < 60 ? 1 : 37)
        {
            foreach (var plain in (byte[][])[new byte[length], Lz4Bytes.Mixed(length, length)])
            {
                var block = new byte[Lz4Block.MaxEncodedBytes(length)];
                var size = Lz4Block.Encode(plain, block);
                var (lastMatchStart, lastLiterals) = Lz4Bytes.Walk(block.AsSpan(0, size));
                Assert.True(lastMatchStart <= length - 12, $"A match starts at {lastMatchStart} of {length}.");
                Assert.True(lastMatchStart < 0 || lastLiterals >= 5, $"{lastLiterals} literals end {length} bytes.");
            }
        }
    }

    [Fact]
    public void A_destination_that_is_too_small_is_reported_and_not_overrun()
    {
        var plain = Lz4Bytes.Mixed(3000, seed: 4);
        var block = new byte[Lz4Block.MaxEncodedBytes(plain.Length)];
        var size = Lz4Block.Encode(plain, block);
        for (var room = 0; room < size; room++)
        {
            var small = new byte[size + 8];
            small.AsSpan().Fill(0xC7);
            Assert.Equal(-1, Lz4Block.Encode(plain, small.AsSpan(0, room)));
            Assert.Equal(-1, small.AsSpan(room).IndexOfAnyExcept((byte)0xC7));
        }

        Assert.Equal(size, Lz4Block.Encode(plain, new byte[size]));
    }

    private static bool RoundTrips(byte[] plain)
    {
        var block = new byte[Lz4Block.MaxEncodedBytes(plain.Length)];
        var size = Lz4Block.Encode(plain, block);
        var fault = Lz4Bytes.DecodeGuarded(block.AsSpan(0, size), plain.Length, out var output);
        return fault == Lz4BlockFault.None && plain.AsSpan().SequenceEqual(output);
    }
}
