using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Compression;

/// <summary>Plain bytes to an LZ4 block. Source: lz4_Block_format.md (2022-07-31).</summary>
internal static unsafe class Lz4BlockEncoder
{
    private const int MinMatch = 4;
    private const int LastLiterals = 5;
    private const int MatchStartLimit = 12;
    private const int LengthMask = 15;
    private const int Wide = 16;
    private const int HashBits = 13;
    private const int SkipTrigger = 6;

    /// <summary>Encodes <paramref name="source"/> as one block that refers to nothing before it.</summary>
    /// <returns>The bytes written, or -1 when <paramref name="destination"/> is too small; then its content is undefined.</returns>
    /// <remarks>Greedy matching over a table of the last position of each hash; the same input gives the same bytes on every machine.</remarks>
    [SkipLocalsInit]
    public static int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        // Hash() is below 1 << HashBits, so every index is inside.
        var table = stackalloc int[1 << HashBits];
        new Span<int>(table, 1 << HashBits).Clear();
        fixed (byte* sourceStart = source)
        fixed (byte* destinationStart = destination)
        {
            // Table entries are positions + 1, so that 0 means none.
            var anchor = 0;
            var written = 0;
            var matchLimit = source.Length - LastLiterals;
            var at = 0;
            var last = source.Length - MatchStartLimit;
            var misses = 1 << SkipTrigger;
            while (at <= last)
            {
                // at <= length - 12: the eight bytes of the hash and of the comparison are inside the source.
                var entry = table + Hash(sourceStart + at);
                var candidate = *entry - 1;
                *entry = at + 1;
                if (candidate < 0 || at - candidate > ushort.MaxValue
                    || Unsafe.ReadUnaligned<uint>(sourceStart + candidate) != Unsafe.ReadUnaligned<uint>(sourceStart + at))
                {
                    at += misses++ >> SkipTrigger;
                    continue;
                }

                misses = 1 << SkipTrigger;
                while (at > anchor && candidate > 0 && sourceStart[at - 1] == sourceStart[candidate - 1])
                {
                    at--;
                    candidate--;
                }

                var length = MinMatch + CommonLength(sourceStart, candidate + MinMatch, at + MinMatch, matchLimit);
                if (!WriteSequence(sourceStart + anchor, at - anchor, anchor + Wide <= source.Length, at - candidate, length, destinationStart, destination.Length, ref written))
                {
                    return -1;
                }

                at += length;
                anchor = at;
                if (at <= last)
                {
                    table[Hash(sourceStart + at - 2)] = at - 1;
                }
            }

            return WriteSequence(sourceStart + anchor, source.Length - anchor, false, 0, 0, destinationStart, destination.Length, ref written) ? written : -1;
        }
    }

    // Caller: eight bytes may be read. Five of them are hashed, which telemetry's short periods tell apart better than four.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Hash(byte* at)
    {
        var value = Unsafe.ReadUnaligned<ulong>(at);
        value = BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
        return (int)(unchecked((value << 24) * 0x9E3779B97F4A7C15UL) >> (64 - HashBits));
    }

    // Caller: left < right; nothing at or behind limit is read. Returns how many bytes agree before limit.
    private static int CommonLength(byte* source, int left, int right, int limit)
    {
        var start = right;
        for (; right <= limit - sizeof(ulong); left += sizeof(ulong), right += sizeof(ulong))
        {
            var difference = Unsafe.ReadUnaligned<ulong>(source + left) ^ Unsafe.ReadUnaligned<ulong>(source + right);
            if (difference != 0)
            {
                var equal = BitConverter.IsLittleEndian
                    ? BitOperations.TrailingZeroCount(difference)
                    : BitOperations.LeadingZeroCount(difference);
                return right - start + (equal / 8);
            }
        }

        while (right < limit && source[left] == source[right])
        {
            left++;
            right++;
        }

        return right - start;
    }

    // Writes literals and, when offset is not 0, a match. The whole need is compared with the room first.
    private static bool WriteSequence(
        byte* literals,
        int literalCount,
        bool isWideReadable,
        int offset,
        int length,
        byte* destination,
        int room,
        ref int written)
    {
        Debug.Assert(offset == 0 || length >= MinMatch, "A match has at least four bytes.");
        var matchCode = offset == 0 ? 0 : length - MinMatch;
        var need = 1L + literalCount + ExtensionBytes(literalCount) + (offset == 0 ? 0 : sizeof(ushort) + ExtensionBytes(matchCode));
        if (need > room - written)
        {
            return false;
        }

        var at = destination + written;
        *at++ = (byte)((Math.Min(literalCount, LengthMask) << 4) | Math.Min(matchCode, LengthMask));
        at = WriteExtension(at, literalCount);
        if (literalCount <= Wide && isWideReadable && need + Wide <= room - written)
        {
            Vector128.Load(literals).Store(at);
        }
        else
        {
            Buffer.MemoryCopy(literals, at, room, literalCount);
        }

        at += literalCount;
        if (offset != 0)
        {
            *at++ = (byte)offset;
            *at++ = (byte)(offset >> 8);
            at = WriteExtension(at, matchCode);
        }

        written = (int)(at - destination);
        return true;
    }

    private static long ExtensionBytes(int length) => length < LengthMask ? 0 : ((length - LengthMask) / 255) + 1;

    private static byte* WriteExtension(byte* at, int length)
    {
        if (length < LengthMask)
        {
            return at;
        }

        for (length -= LengthMask; length >= 255; length -= 255)
        {
            *at++ = 255;
        }

        *at++ = (byte)length;
        return at;
    }
}
