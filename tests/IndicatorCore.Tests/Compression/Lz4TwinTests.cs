using IndicatorCore.Compression;
using IndicatorCore.Fuzz.Guards;
using IndicatorCore.Reference.Compression;

namespace IndicatorCore.Tests.Compression;

/// <summary>The block decoder and XXH32 against their byte-by-byte twins, between pages that must not be touched.</summary>
public sealed class Lz4TwinTests : IDisposable
{
    private const int MostBytes = 400_000;
    private readonly GuardedPages _source = new(MostBytes);
    private readonly GuardedPages _output = new(MostBytes);

    public void Dispose()
    {
        _source.Dispose();
        _output.Dispose();
    }

    [Fact]
    public void Near_offsets_and_all_lengths_decode_alike_far_from_and_at_the_end()
    {
        for (var offset = 1; offset <= 64; offset++)
        {
            for (var length = 4; length <= 140; length++)
            {
                // 200 bytes behind keep the match in the fast loop, 5 bring it to the end
                foreach (var behind in (int[])[5, 37, 400])
                {
                    var literals = Lz4Bytes.Random(offset + (length % 40), offset);
                    AssertAlike([.. Lz4Bytes.Sequence(literals, offset, length), .. Lz4Bytes.Sequence(Lz4Bytes.Random(behind, length))], []);
                }
            }
        }
    }

    [Fact]
    public void Far_offsets_decode_alike()
    {
        var history = Lz4Bytes.Random(65_540, 1);
        foreach (var offset in (int[])[65_535, 65_534, 65_533, 65_521, 65_520, 65_519, 32_768, 257, 256, 255])
        {
            foreach (var length in (int[])[4, 8, 15, 16, 17, 18, 19, 31, 32, 33, 63, 64, 65, 273, 274, 275, 600])
            {
                foreach (var behind in (int[])[5, 400])
                {
                    byte[] block = [.. Lz4Bytes.Sequence("ab"u8, offset, length), .. Lz4Bytes.Sequence(Lz4Bytes.Random(behind, length))];
                    AssertAlike(block, history);
                }
            }
        }
    }

    [Fact]
    public void Literals_of_every_count_decode_alike()
    {
        for (var count = 1; count <= 300; count++)
        {
            foreach (var behind in (int[])[5, 400])
            {
                byte[] block =
                [
                    .. Lz4Bytes.Sequence(Lz4Bytes.Random(count, 1), 1 + (count % 9 % count), 20),
                    .. Lz4Bytes.Sequence(Lz4Bytes.Random(count, 2), count, 5),
                    .. Lz4Bytes.Sequence(Lz4Bytes.Random(behind, 3)),
                ];
                AssertAlike(block, []);
            }
        }
    }

    [Fact]
    public void A_block_cut_at_every_byte_gets_the_twins_verdict()
    {
        var plain = Lz4Bytes.Mixed(2_500, 31);
        var block = new byte[Lz4Block.MaxEncodedBytes(plain.Length)];
        block = block[..Lz4Block.Encode(plain, block)];
        for (var length = 0; length <= block.Length; length++)
        {
            foreach (var room in (int[])[plain.Length, plain.Length + 300])
            {
                AssertVerdict(block.AsSpan(0, length), [], room);
            }
        }

        for (var room = 0; room <= plain.Length; room += room < plain.Length - 300 ? 17 : 1)
        {
            AssertVerdict(block, [], room);
        }
    }

    [Fact]
    public void An_offset_before_the_history_is_refused_in_the_fast_loop()
    {
        foreach (var length in (int[])[4, 18, 19, 40, 300])
        {
            foreach (var offset in (int[])[0, 33, 40, 65_535])
            {
                byte[] block = [.. Lz4Bytes.Sequence(Lz4Bytes.Random(32, 1), offset, length), .. Lz4Bytes.Sequence(Lz4Bytes.Random(500, 2))];
                Assert.Null(AssertVerdict(block, [], 1_000));
            }
        }
    }

    [Fact]
    public void Hashes_side_by_side_are_the_twins()
    {
        var random = new Random(5);
        var bytes = Lz4Bytes.Random(5_000, 6);
        Span<uint> hashes = stackalloc uint[XxHash32Lanes.Most];
        for (var round = 0; round < 3_000; round++)
        {
            var count = 1 + (round % XxHash32Lanes.Most);
            var starts = new int[count];
            var lengths = new int[count];
            for (var i = 0; i < count; i++)
            {
                starts[i] = random.Next(2_000);
                lengths[i] = random.Next(random.Next(3) == 0 ? 40 : 3_000);
            }

            XxHash32Lanes.Hash(bytes, starts, lengths, hashes);
            for (var i = 0; i < count; i++)
            {
                var range = bytes.AsSpan(starts[i], lengths[i]);
                Assert.Equal(XxHash32Reference.Hash(range), hashes[i]);
                Assert.Equal(XxHash32Reference.Hash(range), XxHash32.Hash(range));
            }
        }
    }

    [Fact]
    public void Hashing_side_by_side_refuses_what_makes_no_sense()
    {
        Assert.Throws<ArgumentException>(static () => XxHash32Lanes.Hash([], [], [], new uint[4]));
        Assert.Throws<ArgumentException>(static () => XxHash32Lanes.Hash([1], [0], [1, 1], new uint[4]));
        Assert.Throws<ArgumentException>(static () => XxHash32Lanes.Hash([1], [0, 0], [1, 1], new uint[1]));
        Assert.ThrowsAny<ArgumentException>(static () => XxHash32Lanes.Hash([1], [0], [2], new uint[4]));
    }

    private void AssertAlike(ReadOnlySpan<byte> block, byte[] history)
    {
        var truth = Lz4BlockReference.Decode(block, history, 2_000);
        Assert.NotNull(truth);
        foreach (var slack in (int[])[0, 1, 15, 63, 160, 400])
        {
            Assert.NotNull(AssertVerdict(block, history, truth.Length + slack));
        }

        Assert.Null(AssertVerdict(block, history, truth.Length - 1));
    }

    private byte[]? AssertVerdict(ReadOnlySpan<byte> block, byte[] history, int room)
    {
        var truth = Lz4BlockReference.Decode(block, history, room);
        var source = _source.AtEnd(block.Length);
        block.CopyTo(source);
        var output = _output.AtEnd(history.Length + room);
        output.Fill(0xC7);
        history.CopyTo(output);
        var fault = Lz4Block.Decode(source, output, history.Length, 0, out var written, out _);
        Assert.Equal(truth is null, fault != Lz4BlockFault.None);
        Assert.True(output[..history.Length].SequenceEqual(history));
        Assert.True(truth is null || output.Slice(history.Length, written).SequenceEqual(truth), $"{block.Length} bytes, room {room}");
        return truth;
    }
}
