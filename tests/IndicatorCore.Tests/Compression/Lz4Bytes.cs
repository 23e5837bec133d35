using System.Buffers;
using IndicatorCore.Compression;

namespace IndicatorCore.Tests.Compression;

/// <summary>Blocks and frames composed by hand, and plain bytes of several kinds.</summary>
internal static class Lz4Bytes
{
    private const byte Canary = 0xC7;
    private const int CanaryBytes = 128;

    public static byte[] Encode(byte[] plain, int maxBlockBytes = 65_536, bool contentChecksum = false)
    {
        var output = new ArrayBufferWriter<byte>();
        Lz4Frame.Encode(plain, output, maxBlockBytes, contentChecksum);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>One sequence: literals, then a match unless <paramref name="offset"/> is negative.</summary>
    public static byte[] Sequence(ReadOnlySpan<byte> literals, int offset = -1, int length = 4)
    {
        List<byte> bytes = [(byte)((Math.Min(literals.Length, 15) << 4) | (offset < 0 ? 0 : Math.Min(length - 4, 15)))];
        Extend(bytes, literals.Length);
        bytes.AddRange(literals);
        if (offset >= 0)
        {
            bytes.Add((byte)offset);
            bytes.Add((byte)(offset >> 8));
            Extend(bytes, length - 4);
        }

        return [.. bytes];
    }

    /// <summary>A frame of the given blocks (a negative size word is a raw block) without checksums.</summary>
    public static byte[] Frame(bool linked, params (byte[] Data, bool IsRaw)[] blocks)
    {
        List<byte> bytes = [0x04, 0x22, 0x4D, 0x18, (byte)(linked ? 0x40 : 0x60), 0x40];
        bytes.Add((byte)(XxHash32.Hash([bytes[4], bytes[5]]) >> 8));
        foreach (var (data, isRaw) in blocks)
        {
            bytes.AddRange(BitConverter.GetBytes((uint)data.Length | (isRaw ? 0x80000000 : 0)));
            bytes.AddRange(data);
        }

        bytes.AddRange(new byte[4]);
        return [.. bytes];
    }

    /// <summary>Decodes a block between canaries, and fails when one of them dies.</summary>
    public static Lz4BlockFault DecodeGuarded(ReadOnlySpan<byte> block, int room, out byte[] output)
    {
        var guarded = new byte[room + (2 * CanaryBytes)];
        guarded.AsSpan().Fill(Canary);
        var fault = Lz4Block.Decode(block, guarded.AsSpan(CanaryBytes, room), 0, 0, out var written, out var faultAt);
        Assert.InRange(written, 0, room);
        Assert.InRange(faultAt, 0, block.Length);
        AssertCanaries(guarded);
        output = guarded.AsSpan(CanaryBytes, written).ToArray();
        return fault;
    }

    /// <summary>Decodes a frame between canaries, and fails when one of them dies, however the decoding ends.</summary>
    public static byte[] DecodeGuarded(ReadOnlySpan<byte> frame, int room)
    {
        var guarded = new byte[room + (2 * CanaryBytes)];
        guarded.AsSpan().Fill(Canary);
        try
        {
            Lz4Frame.Decode(frame, guarded.AsSpan(CanaryBytes, room));
        }
        finally
        {
            AssertCanaries(guarded);
        }

        return guarded.AsSpan(CanaryBytes, room).ToArray();
    }

    public static byte[] Random(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Runs, repeats at many distances and noise, mixed: what telemetry columns look like to a byte-oriented codec.</summary>
    public static byte[] Mixed(int length, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[length];
        for (var at = 0; at < length;)
        {
            var count = Math.Min(length - at, 1 + random.Next(random.Next(4) == 0 ? 3000 : 40));
            switch (random.Next(at == 0 ? 2 : 4))
            {
                case 0:
                    random.NextBytes(bytes.AsSpan(at, count));
                    break;
                case 1:
                    bytes.AsSpan(at, count).Fill((byte)random.Next(256));
                    break;
                default:
                    var offset = 1 + random.Next(Math.Min(at, random.Next(2) == 0 ? 40 : 70_000));
                    for (var i = 0; i < count; i++)
                    {
                        bytes[at + i] = bytes[at + i - offset];
                    }

                    break;
            }

            at += count;
        }

        return bytes;
    }

    /// <summary>Where the last match of a valid block starts in the output (-1 when there is none), and how many literals end the block.</summary>
    public static (int LastMatchStart, int LastLiterals) Walk(ReadOnlySpan<byte> block)
    {
        var (at, output, lastMatchStart) = (0, 0, -1);
        while (true)
        {
            var token = block[at++];
            var literals = Length(token >> 4, block, ref at);
            at += literals;
            output += literals;
            if (at == block.Length)
            {
                return (lastMatchStart, literals);
            }

            at += 2;
            lastMatchStart = output;
            output += 4 + Length(token & 15, block, ref at);
        }

        static int Length(int nibble, ReadOnlySpan<byte> block, ref int at)
        {
            var length = nibble;
            for (var more = nibble == 15 ? 255 : 0; more == 255;)
            {
                more = block[at++];
                length += more;
            }

            return length;
        }
    }

    private static void AssertCanaries(byte[] guarded)
    {
        Assert.Equal(-1, guarded.AsSpan(0, CanaryBytes).IndexOfAnyExcept(Canary));
        Assert.Equal(-1, guarded.AsSpan(guarded.Length - CanaryBytes).IndexOfAnyExcept(Canary));
    }

    private static void Extend(List<byte> bytes, int length)
    {
        if (length < 15)
        {
            return;
        }

        for (length -= 15; length >= 255; length -= 255)
        {
            bytes.Add(255);
        }

        bytes.Add((byte)length);
    }
}
