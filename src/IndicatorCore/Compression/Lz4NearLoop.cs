using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Compression;

/// <summary>Decodes sequences of any length anywhere in a block: every length is compared with what is left before anything is copied.</summary>
internal static unsafe class Lz4NearLoop
{
    private const int MinMatch = 4;
    private const int LastLiterals = 5;
    private const int LengthMask = 15;
    private const int Wide = 16;

    // Room that the short path needs: 1 token + 16 literal bytes read + 2 offset bytes of input (19), and 14 literals and a pattern
    // of 64 bytes of output (78).
    private const int ShortInput = 32;
    private const int ShortTarget = 128;

    /// <summary>Decodes at least one sequence, until the fast loop can go on or the block ends.</summary>
    /// <param name="cursor">At a token.</param>
    /// <param name="isDone">Whether the block ended; meaningless after a fault.</param>
    public static Lz4BlockFault Run(ref Lz4Cursor cursor, out bool isDone)
    {
        var input = cursor.Input;
        var inputEnd = cursor.InputEnd;
        var target = cursor.Target;
        var targetEnd = cursor.TargetEnd;
        var history = cursor.History;
        var fault = Lz4BlockFault.None;
        isDone = false;
        do
        {
            uint token;
            uint offset;
            if (inputEnd - input >= ShortInput && targetEnd - target >= ShortTarget && (token = *input) < (LengthMask << 4))
            {
                // at most 14 literals
                Vector128.Load(input + 1).Store(target);
                var few = token >> 4;
                input += few + 1;
                target += few;
                offset = ReadOffset(input);
                input += sizeof(ushort);
                var shortMatch = token & LengthMask;
                if (shortMatch != LengthMask && offset - 1UL < (ulong)(target - history))
                {
                    shortMatch += MinMatch;
                    var from = target - offset;
                    if (offset >= sizeof(ulong))
                    {
                        // <= 18 match bytes: 8 + 8 + 2, each read after the ones before were written
                        *(ulong*)target = *(ulong*)from;
                        *(ulong*)(target + 8) = *(ulong*)(from + 8);
                        *(ushort*)(target + 16) = *(ushort*)(from + 16);
                    }
                    else
                    {
                        Lz4Copy.Pattern(target, from, offset, shortMatch);
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
                    if (literals < LastLiterals && target - literals > cursor.Start)
                    {
                        fault = Lz4BlockFault.LastLiterals;
                    }

                    isDone = true;
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

            if (length + Lz4Copy.Overrun <= targetEnd - target)
            {
                Lz4Copy.Match(target, offset, length);
            }
            else
            {
                Lz4Copy.ExactMatch(target, offset, length);
            }

            target += length;
        }
        while (inputEnd - input <= Lz4FastLoop.InputRoom || targetEnd - target <= Lz4FastLoop.TargetRoom);

        cursor.Input = input;
        cursor.Target = target;
        return fault;
    }

    // At most 2^31 bytes of 255 fit a long.
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ReadOffset(byte* at)
    {
        var value = *(ushort*)at;
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }
}
