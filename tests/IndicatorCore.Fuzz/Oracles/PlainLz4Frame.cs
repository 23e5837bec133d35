using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace IndicatorCore.Fuzz.Oracles;

/// <summary>The LZ4 frame format, plainly: the truth for the frame decoder. Exactly one frame, no dictionary, as Arrow has it.</summary>
/// <remarks>Source: lz4_Frame_format.md; the checksum is written down anew from xxhash_spec.md.</remarks>
internal static class PlainLz4Frame
{
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;
    private const uint Prime4 = 0x27D4EB2F;
    private const uint Prime5 = 0x165667B1;

    /// <summary>The decoded bytes of a frame that holds exactly <paramref name="length"/>; null when it is malformed or not read.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> frame, int length)
    {
        if (frame.Length < 7 || BinaryPrimitives.ReadUInt32LittleEndian(frame) != 0x184D2204)
        {
            return null;
        }

        var (flags, sizes) = (frame[4], frame[5]);
        var header = 6 + ((flags & 8) != 0 ? 8 : 0);
        if (flags >> 6 != 1 || (flags & 3) != 0 || (sizes & 0x8F) != 0 || sizes >> 4 < 4 || frame.Length <= header
            || frame[header] != (byte)(Hash(frame[4..header]) >> 8)
            || ((flags & 8) != 0 && BinaryPrimitives.ReadUInt64LittleEndian(frame[6..]) != (ulong)length))
        {
            return null;
        }

        var most = 1 << (8 + (2 * (sizes >> 4)));
        var output = new List<byte>();
        for (var at = header + 1; at <= frame.Length - 4;)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(frame[at..]);
            at += 4;
            if (word == 0)
            {
                return End(frame[at..], (flags & 4) != 0, output, length);
            }

            var size = word & 0x7FFFFFFF;
            if (size > most || size > frame.Length - at)
            {
                return null;
            }

            var block = frame.Slice(at, (int)size);
            at += block.Length;
            if ((flags & 16) != 0)
            {
                if (frame.Length - at < 4 || BinaryPrimitives.ReadUInt32LittleEndian(frame[at..]) != Hash(block))
                {
                    return null;
                }

                at += 4;
            }

            var limit = Math.Min(length, output.Count + most);
            if (word >> 31 == 0)
            {
                if (!PlainLz4Block.TryDecode(block, output, (flags & 32) != 0 ? output.Count : 0, limit))
                {
                    return null;
                }
            }
            else if (block.Length > limit - output.Count)
            {
                return null;
            }
            else
            {
                output.AddRange(block);
            }
        }

        return null;
    }

    /// <summary>XXH32 with seed 0.</summary>
    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint[] lanes = [unchecked(Prime1 + Prime2), Prime2, 0, unchecked(0 - Prime1)];
        var at = 0;
        for (; bytes.Length - at >= 16; at += 16)
        {
            for (var lane = 0; lane < 4; lane++)
            {
                lanes[lane] = Rotate(lanes[lane] + (Word(bytes, at + (4 * lane)) * Prime2), 13) * Prime1;
            }
        }

        var hash = bytes.Length < 16
            ? Prime5
            : Rotate(lanes[0], 1) + Rotate(lanes[1], 7) + Rotate(lanes[2], 12) + Rotate(lanes[3], 18);
        hash += (uint)bytes.Length;
        for (; bytes.Length - at >= 4; at += 4)
        {
            hash = Rotate(hash + (Word(bytes, at) * Prime3), 17) * Prime4;
        }

        for (; at < bytes.Length; at++)
        {
            hash = Rotate(hash + (bytes[at] * Prime5), 11) * Prime1;
        }

        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }

    private static byte[]? End(ReadOnlySpan<byte> rest, bool hasChecksum, List<byte> output, int length) =>
        output.Count == length
        && rest.Length == (hasChecksum ? 4 : 0)
        && (!hasChecksum || BinaryPrimitives.ReadUInt32LittleEndian(rest) == Hash(CollectionsMarshal.AsSpan(output)))
            ? [.. output]
            : null;

    private static uint Rotate(uint value, int bits) => (value << bits) | (value >> (32 - bits));

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
