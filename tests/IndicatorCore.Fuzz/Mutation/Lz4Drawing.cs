using System.Buffers;
using IndicatorCore.Compression;
using IndicatorCore.Fuzz.Campaigns;
using IndicatorCore.Fuzz.Oracles;

namespace IndicatorCore.Fuzz.Mutation;

/// <summary>Draws LZ4 blocks and frames: of our encoder, or sequence by sequence, and then changed.</summary>
internal static class Lz4Drawing
{
    /// <summary>Bytes with runs, repeats and noise.</summary>
    public static byte[] Plain(SeededRandom random, int length)
    {
        var bytes = new byte[length];
        for (var at = 0; at < length;)
        {
            var count = Math.Min(length - at, 1 + random.Next(random.Next(8) == 0 ? 400 : 24));
            var offset = at == 0 || random.Next(3) == 0 ? 0 : 1 + random.Next(Math.Min(at, random.Next(2) == 0 ? 20 : 70_000));
            for (var end = at + count; at < end; at++)
            {
                bytes[at] = offset == 0 ? random.Byte() : bytes[at - offset];
            }
        }

        return bytes;
    }

    /// <summary>A good block of our encoder.</summary>
    public static byte[] Encoded(byte[] plain)
    {
        var block = new byte[Lz4Block.MaxEncodedBytes(plain.Length)];
        return block[..Lz4Block.Encode(plain, block)];
    }

    /// <summary>A block of drawn sequences; most are good, some have an offset too far or an end too early. Gives the bytes it would decode to.</summary>
    public static byte[] Composed(SeededRandom random, int history, out int length)
    {
        List<byte> block = [];
        length = 0;
        for (var sequences = random.Next(8); sequences > 0; sequences--)
        {
            var literals = random.Next(random.Next(8) == 0 ? 600 : 20);
            var match = 4 + random.Next(random.Next(8) == 0 ? 600 : 24);
            Open(block, literals, match - 4);
            Literals(block, random, literals);
            length += literals;
            var reach = length + history;
            var offset = reach == 0 || random.Next(200) == 0 ? random.Next(65_536) : 1 + random.Next(Math.Min(reach, random.Next(2) == 0 ? 40 : 65_535));
            block.Add((byte)offset);
            block.Add((byte)(offset >> 8));
            Extend(block, match - 4);
            length += match;
        }

        var last = random.Next(6) == 0 ? random.Next(5) : 5 + random.Next(40);
        Open(block, last, 0);
        Literals(block, random, last);
        length += last;
        return [.. block];
    }

    /// <summary>Changes some bytes, or the length, of what comes behind <paramref name="from"/>.</summary>
    public static byte[] Changed(SeededRandom random, byte[] bytes, int from)
    {
        List<byte> changed = [.. bytes];
        for (var changes = random.Next(4); changes > 0 && changed.Count > from; changes--)
        {
            var at = from + random.Next(changed.Count - from);
            switch (random.Next(8))
            {
                case 0:
                    changed[at] = 0;
                    break;
                case 1:
                    changed[at] = byte.MaxValue;
                    break;
                case 2:
                    changed.Insert(at, random.Byte());
                    break;
                case 3:
                    changed.RemoveAt(at);
                    break;
                case 4:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
                case 5:
                    changed[at] = random.Byte();
                    break;
                default:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. changed];
    }

    /// <summary>A good frame of a random flag set: sizes, checksums, linked blocks, stored blocks.</summary>
    public static byte[] Frame(SeededRandom random, byte[] plain)
    {
        if (random.Next(2) == 0)
        {
            var output = new ArrayBufferWriter<byte>();
            Lz4Frame.Encode(plain, output, 65_536 << (2 * random.Next(4)), random.Next(2) == 0);
            return output.WrittenSpan.ToArray();
        }

        var (linked, blockSums, contentSum, sized) = (random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0);
        List<byte> frame = [0x04, 0x22, 0x4D, 0x18];
        frame.Add((byte)(0x40 | (linked ? 0 : 0x20) | (blockSums ? 0x10 : 0) | (sized ? 8 : 0) | (contentSum ? 4 : 0)));
        frame.Add((byte)((4 + random.Next(4)) << 4));
        if (sized)
        {
            frame.AddRange(BitConverter.GetBytes((ulong)plain.Length));
        }

        frame.Add(0);
        Seal(frame);
        for (var at = 0; at < plain.Length;)
        {
            var part = plain[at..Math.Min(plain.Length, at + 1 + random.Next(300))];
            at += part.Length;
            var isRaw = random.Next(3) == 0;
            var data = isRaw ? part : Encoded(part);
            frame.AddRange(BitConverter.GetBytes((uint)data.Length | (isRaw ? 0x80000000 : 0)));
            frame.AddRange(data);
            if (blockSums)
            {
                frame.AddRange(BitConverter.GetBytes(PlainLz4Frame.Hash(data)));
            }
        }

        frame.AddRange(new byte[4]);
        if (contentSum)
        {
            frame.AddRange(BitConverter.GetBytes(PlainLz4Frame.Hash(plain)));
        }

        return [.. frame];
    }

    /// <summary>Makes the header checksum right, where the header is long enough.</summary>
    public static void Seal(List<byte> frame)
    {
        var end = 6 + ((frame.Count > 4 && (frame[4] & 8) != 0) ? 8 : 0) + ((frame.Count > 4 && (frame[4] & 1) != 0) ? 4 : 0);
        if (frame.Count > end)
        {
            frame[end] = (byte)(PlainLz4Frame.Hash([.. frame.Take(end).Skip(4)]) >> 8);
        }
    }

    private static void Literals(List<byte> block, SeededRandom random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            block.Add(random.Byte());
        }
    }

    private static void Open(List<byte> block, int literals, int match)
    {
        block.Add((byte)((Math.Min(literals, 15) << 4) | Math.Min(match, 15)));
        Extend(block, literals);
    }

    private static void Extend(List<byte> block, int length)
    {
        if (length < 15)
        {
            return;
        }

        for (length -= 15; length >= 255; length -= 255)
        {
            block.Add(255);
        }

        block.Add((byte)length);
    }
}
