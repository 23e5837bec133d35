using IndicatorCore.Compression;
using IndicatorCore.Errors;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Compression;

/// <summary>Decoding a frame little by little gives what decoding it at once gives, faults included.</summary>
public sealed class Lz4FrameStreamTests
{
    [Theory]
    [MemberData(nameof(Lz4CorpusTests.Files), MemberType = typeof(Lz4CorpusTests))]
    public void The_corpus_decodes_the_same(string file)
    {
        var frame = File.ReadAllBytes(Path.Combine(Shared.Repository, "data", "arrow", "lz4", file));
        byte[]? plain = null;
        Exception? refused = null;
        try
        {
            plain = Lz4Frame.DecodeToArray(frame, 1_000_000);
        }
        catch (IndicatorDataException fault)
        {
            refused = fault;
        }

        foreach (var step in new[] { 1, 1_000, 65_536, 300_000 })
        {
            if (plain is not null)
            {
                Assert.Equal(plain, Decode(frame, plain.Length, step));
                Assert.ThrowsAny<MalformedArrowException>(() => Decode(frame, plain.Length + 1, step));
                if (plain.Length > 0)
                {
                    Assert.ThrowsAny<MalformedArrowException>(() => Decode(frame, plain.Length - 1, step));
                }
            }
            else
            {
                Assert.Throws(refused!.GetType(), () => Decode(frame, 1_000_000, step));
            }
        }
    }

    [Theory]
    [InlineData(65_536, false)]
    [InlineData(262_144, true)]
    [InlineData(4_194_304, true)]
    public void Long_frames_decode_the_same(int maxBlockBytes, bool contentChecksum)
    {
        var plain = Lz4Bytes.Mixed(9_000_000, 7);
        var frame = Lz4Bytes.Encode(plain, maxBlockBytes, contentChecksum);
        Assert.Equal(plain, Decode(frame, plain.Length, 123_457));
        Assert.Equal(plain, Decode(frame, plain.Length, 5_000_000));
    }

    [Fact]
    public void Linked_blocks_find_their_matches_across_blocks()
    {
        List<(byte[] Data, bool IsRaw)> blocks = [(Lz4Bytes.Random(65_536, 3), true)];
        for (var i = 0; i < 40; i++)
        {
            blocks.Add(([.. Lz4Bytes.Sequence(Lz4Bytes.Random(i * 7, i), 65_535, 50_000), .. Lz4Bytes.Sequence(Lz4Bytes.Random(5 + i, i))], false));
        }

        var frame = Lz4Bytes.Frame(linked: true, [.. blocks]);
        var plain = Lz4Frame.DecodeToArray(frame, 10_000_000);
        Assert.InRange(plain.Length, 2_000_000, 3_000_000);
        foreach (var step in new[] { 999, 262_144, 3_000_000 })
        {
            Assert.Equal(plain, Decode(frame, plain.Length, step));
        }
    }

    [Fact]
    public void Changed_frames_are_refused_alike()
    {
        var random = new Random(11);
        var refused = 0;
        foreach (var frame in new[]
        {
            Lz4Bytes.Encode(Lz4Bytes.Mixed(3_000, 1)), Lz4Bytes.Encode(Lz4Bytes.Mixed(3_000, 2), contentChecksum: true),
            Lz4Bytes.Frame(true, (Lz4Bytes.Random(500, 1), true), ([.. Lz4Bytes.Sequence([1, 2, 3], 400, 300), .. Lz4Bytes.Sequence([1, 2, 3, 4, 5])], false)),
        })
        {
            var length = Lz4Frame.DecodeToArray(frame, 10_000).Length;
            for (var i = 0; i < 4_000; i++)
            {
                var changed = frame.ToArray();
                changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                var cut = random.Next(10) == 0 ? changed[..random.Next(changed.Length)] : changed;
                var whole = new byte[length];
                var expected = Record.Exception(() => Lz4Frame.Decode(cut, whole));
                byte[]? parts = null;
                var actual = Record.Exception(() => parts = Decode(cut, length, random.Next(1, 2_000)));
                Assert.Equal(expected?.GetType(), actual?.GetType());
                refused += expected is null ? 0 : 1;
                if (expected is null)
                {
                    Assert.Equal(whole, parts);
                }
            }
        }

        Assert.True(refused > 3_000, $"{refused}");
    }

    private static byte[] Decode(byte[] frame, int length, int step)
    {
        var output = new byte[length];
        var stream = new Lz4FrameStream(frame.Length, length, verifyChecksums: true, (offset, into) => frame.AsMemory((int)offset, into.Length).CopyTo(into));
        for (var at = 0; at < length; at += step)
        {
            stream.Read(output.AsSpan(at, Math.Min(step, length - at)), CancellationToken.None);
        }

        stream.End();
        return output;
    }
}
