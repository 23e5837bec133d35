using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Compression;

/// <summary>The LZ4 block format: sequences of literals and matches, without a length or a checksum of its own.</summary>
/// <remarks>
/// Source: lz4_Block_format.md (2022-07-31). Output is one contiguous buffer, so the history of a linked block is simply the output so far.
/// Every length is summed in 64 bits and compared with the bytes that are left before anything is copied.
/// </remarks>
internal static unsafe class Lz4Block
{
    private const int MinMatch = 4;
    private const int LastLiterals = 5;
    private const int MatchStartLimit = 12;
    private const int LengthMask = 15;
    private const int Wide = 16;

    // Room that the short path of the decoder needs: 1 token + 16 literal bytes read + 2 offset bytes of input (19),
    // and 14 literals + two stores of 16 match bytes of output (46).
    private const int FastInput = 32;
    private const int FastOutput = 64;

    private const int HashBits = 13;
    private const int SkipTrigger = 6;

    /// <summary>The most bytes that a block of <paramref name="compressedBytes"/> can decode to: every byte extends a length by at most 255.</summary>
    public static long MaxDecodedBytes(int compressedBytes) => 255L * compressedBytes;

    /// <summary>The most bytes that <see cref="Encode"/> writes for <paramref name="plainBytes"/>.</summary>
    public static long MaxEncodedBytes(int plainBytes) => plainBytes + (plainBytes / 255L) + 16;

    /// <summary>Decodes one block into <paramref name="output"/> from <paramref name="position"/> on.</summary>
    /// <param name="source">The whole block.</param>
    /// <param name="output">Earlier output followed by the room for this block; nothing outside it is touched. Bytes behind what is
    /// written may be overwritten.</param>
    /// <param name="position">Where this block's output starts.</param>
    /// <param name="historyStart">The first byte of <paramref name="output"/> that matches may use: 0 for a linked block,
    /// <paramref name="position"/> for an independent one.</param>
    /// <param name="written">The bytes written; after a fault those known to be good, which no caller may show.</param>
    /// <param name="faultAt">The position in <paramref name="source"/> at which the fault was seen.</param>
    public static Lz4BlockFault Decode(
        ReadOnlySpan<byte> source,
        Span<byte> output,
        int position,
        int historyStart,
        out int written,
        out int faultAt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)output.Length, nameof(position));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)historyStart, (uint)position, nameof(historyStart));
        fixed (byte* sourceStart = source)
        fixed (byte* outputStart = output)
        {
            var input = sourceStart;
            var target = outputStart + position;
            var fault = Decode(ref input, sourceStart + source.Length, ref target, outputStart + output.Length, outputStart + historyStart);
            written = (int)(target - outputStart) - position;
            faultAt = (int)(input - sourceStart);
            return fault;
        }
    }

    // Bounds: [inputStart, inputEnd) and [history, targetEnd) are live, history <= targetStart <= targetEnd. Every path below proves its
    // room against inputEnd and targetEnd before it copies; reads of the output start at or after history and at or before target, and no
    // byte at or behind target ever reaches the output (a wide load may cover such bytes, the shuffle or the next copy drops them).
    private static Lz4BlockFault Decode(ref byte* inputStart, byte* inputEnd, ref byte* targetStart, byte* targetEnd, byte* history)
    {
        var input = inputStart;
        var target = targetStart;
        var fault = Lz4BlockFault.None;

        // Addresses are compared as integers, so that a limit below the start of a short span is simply never reached.
        var inputFast = (nint)inputEnd - FastInput;
        var targetFast = (nint)targetEnd - FastOutput;
        while (true)
        {
            uint token;
            uint offset;
            if ((nint)input <= inputFast && (nint)target <= targetFast && (token = *input) < (LengthMask << 4))
            {
                // At most 14 literals: 16 bytes are read of the >= 31 left and written of the >= 64 left.
                Vector128.Load(input + 1).Store(target);
                var few = token >> 4;
                input += few + 1;
                target += few;

                // >= 32 - 15 input bytes and >= 64 - 14 output bytes are left.
                offset = ReadOffset(input);
                input += sizeof(ushort);
                var shortMatch = token & LengthMask;
                if (shortMatch != LengthMask && offset - 1UL < (ulong)(target - history))
                {
                    shortMatch += MinMatch;
                    var from = target - offset;
                    if (offset >= sizeof(ulong))
                    {
                        // <= 18 match bytes: 8 + 8 + 2, each read after the ones before were written.
                        Unsafe.WriteUnaligned(target, Unsafe.ReadUnaligned<ulong>(from));
                        Unsafe.WriteUnaligned(target + 8, Unsafe.ReadUnaligned<ulong>(from + 8));
                        Unsafe.WriteUnaligned(target + 16, Unsafe.ReadUnaligned<ushort>(from + 16));
                    }
                    else
                    {
                        CopyPattern(target, from, offset, shortMatch);
                    }

                    target += shortMatch;
                    continue;
                }
            }
            else
            {
                if (input >= inputEnd)
                {
                    fault = Lz4BlockFault.LastLiterals;
                    break;
                }

                token = *input++;
                long literals = token >> 4;
                if (literals == LengthMask && !ReadExtension(ref input, inputEnd, ref literals))
                {
                    fault = Lz4BlockFault.InputEnds;
                    break;
                }

                if (literals > inputEnd - input)
                {
                    fault = Lz4BlockFault.InputEnds;
                    break;
                }

                if (literals > targetEnd - target)
                {
                    fault = Lz4BlockFault.OutputFull;
                    break;
                }

                CopyLiterals(target, input, literals, Math.Min(inputEnd - input, targetEnd - target));
                input += literals;
                target += literals;
                if (input == inputEnd)
                {
                    // The last sequence has no match. Bytes of this block before it were left by a match: then five literals are due.
                    if (literals < LastLiterals && target - literals > targetStart)
                    {
                        fault = Lz4BlockFault.LastLiterals;
                    }

                    break;
                }

                if (inputEnd - input < sizeof(ushort))
                {
                    fault = Lz4BlockFault.InputEnds;
                    break;
                }

                offset = ReadOffset(input);
                input += sizeof(ushort);
            }

            long length = token & LengthMask;
            if (length == LengthMask && !ReadExtension(ref input, inputEnd, ref length))
            {
                fault = Lz4BlockFault.InputEnds;
                break;
            }

            length += MinMatch;
            if (offset - 1UL >= (ulong)(target - history))
            {
                fault = offset == 0 ? Lz4BlockFault.OffsetZero : Lz4BlockFault.OffsetBeforeStart;
                break;
            }

            if (length > targetEnd - target)
            {
                fault = Lz4BlockFault.OutputFull;
                break;
            }

            CopyMatch(target, offset, length, targetEnd - target);
            target += length;
        }

        inputStart = input;
        targetStart = target;
        return fault;
    }

    // Caller: input < inputEnd is not assumed; each byte is checked. At most 2^31 bytes of 255 fit a long.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool ReadExtension(ref byte* input, byte* inputEnd, ref long length)
    {
        uint more;
        do
        {
            if (input >= inputEnd)
            {
                return false;
            }

            more = *input++;
            length += more;
        }
        while (more == byte.MaxValue);
        return true;
    }

    // Caller: count <= room, and room bytes may be read and written.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyLiterals(byte* target, byte* from, long count, long room)
    {
        if (count > 256 || count + Wide > room)
        {
            Buffer.MemoryCopy(from, target, room, count);
            return;
        }

        // Steps of 16 end less than 16 bytes behind count.
        for (var i = 0L; i < count; i += Wide)
        {
            Vector128.Load(from + i).Store(target + i);
        }
    }

    // Caller: length <= room bytes may be written at target, offset bytes before target were written.
    private static void CopyMatch(byte* target, uint offset, long length, long room)
    {
        var from = target - offset;
        if (length + Wide > room)
        {
            // Near the end: exact copies. What was copied repeats with the period offset, so each round may copy all of it again.
            for (var done = 0L; done < length;)
            {
                var count = Math.Min(length - done, offset + done);
                Buffer.MemoryCopy(from, target + done, room - done, count);
                done += count;
            }
        }
        else if (offset >= Wide)
        {
            // Steps of 16 read only bytes before target + i, and end less than 16 bytes behind length.
            for (var i = 0L; i < length; i += Wide)
            {
                Vector128.Load(from + i).Store(target + i);
            }
        }
        else
        {
            CopyPattern(target, from, offset, length);
        }
    }

    // Caller: 1 <= offset = target - from < 16, and length + 16 bytes may be written at target (so 16 may be read at from).
    // Sixteen bytes of the repeated pattern are made once; stepping by the largest multiple of the period keeps its phase.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyPattern(byte* target, byte* from, uint offset, long length)
    {
        var index = (int)offset * Wide;
        var pattern = Vector128.ShuffleNative(Vector128.Load(from), Vector128.Create(s_patternIndices.Slice(index, Wide)));
        long step = s_patternSteps[(int)offset];
        for (var i = 0L; i < length; i += step)
        {
            pattern.Store(target + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ReadOffset(byte* at)
    {
        var value = Unsafe.ReadUnaligned<ushort>(at);
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }

    // Row d holds i % d for i = 0..15.
    private static ReadOnlySpan<byte> s_patternIndices =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1,
        0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0,
        0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
        0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0,
        0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3,
        0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1,
        0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 6,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 1, 2, 3, 4,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 1, 2,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0, 1,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0,
    ];

    // The largest multiple of d that is at most 16.
    private static ReadOnlySpan<byte> s_patternSteps => [16, 16, 16, 15, 16, 15, 12, 14, 16, 9, 10, 11, 12, 13, 14, 15];

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
