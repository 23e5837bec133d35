using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Compression;

/// <summary>Decodes sequences while both ends of a block are far away.</summary>
/// <remarks>
/// The time of a sequence is the latency from its token to the next one's, so the next token is loaded as soon as the literals are counted,
/// and nothing that is kept in a register has its address taken. Little-endian machines alone come here.
/// </remarks>
internal static unsafe class Lz4FastLoop
{
    /// <summary>
    /// More input than this must be left at a token: token, one extension, 64 literals, offset and the next token are 69 bytes, and the
    /// literals are read by up to 66.
    /// </summary>
    public const int InputRoom = 96;

    /// <summary>More output than this must be left at a token: 64 literals and 18 bytes of match, which a pattern rounds up to 64 + 64.</summary>
    public const int TargetRoom = 160;

    private const int LengthMask = 15;
    private const int MinMatch = 4;
    private const int Wide = 16;
    private const int MostExtension = 49;

    /// <summary>Decodes from a token of a cursor that is far on, until one end is near or a sequence is out of the ordinary.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Lz4BlockFault Run(ref Lz4Cursor cursor)
    {
        var input = cursor.Input;
        var inputEnd = cursor.InputEnd;
        var target = cursor.Target;
        var targetEnd = cursor.TargetEnd;
        var history = cursor.History;
        var fault = Lz4BlockFault.None;

        // A match that comes too near to the end waits for the end of the loop: a call within it would cost registers.
        var lastOffset = 0u;
        var lastLength = 0L;

        // The cursor is far, so neither limit lies before its span.
        var inputFar = inputEnd - InputRoom;
        var targetFar = targetEnd - TargetRoom;
        nuint token = *input;
        do
        {
            nuint next;
            nuint offset;
            var literals = token >> 4;
            if (literals != LengthMask)
            {
                next = *(input + literals + 3);
                Vector128.Load(input + 1).Store(target);
                offset = *(ushort*)(input + literals + 1);
                input = input + literals + 3;
                target += literals;
            }
            else
            {
                nuint extension = input[1];
                if (extension > MostExtension)
                {
                    break;
                }

                literals += extension;
                Vector256.Load(input + 2).Store(target);
                if (literals > 32)
                {
                    Vector256.Load(input + 34).Store(target + 32);
                }

                next = *(input + literals + 4);
                offset = *(ushort*)(input + literals + 2);
                input = input + literals + 4;
                target += literals;
            }

            // >= 96 - 68 input bytes and >= 160 - 64 output bytes are left
            var shortMatch = token & LengthMask;
            var from = target - offset;
            token = next;
            if (from < history)
            {
                fault = Lz4BlockFault.OffsetBeforeStart;
                break;
            }

            if (shortMatch != LengthMask && offset >= sizeof(ulong))
            {
                // <= 18 bytes: 8 + 8 + 2, each read after the ones before were written
                *(ulong*)target = *(ulong*)from;
                *(ulong*)(target + 8) = *(ulong*)(from + 8);
                *(ushort*)(target + 16) = *(ushort*)(from + 16);
                target += shortMatch + MinMatch;
                continue;
            }

            if (offset == 0)
            {
                fault = Lz4BlockFault.OffsetZero;
                break;
            }

            var length = (long)shortMatch + MinMatch;
            if (shortMatch == LengthMask)
            {
                input++;
                length += (long)token;
                if (token == byte.MaxValue)
                {
                    uint more;
                    do
                    {
                        if (input >= inputEnd)
                        {
                            fault = Lz4BlockFault.InputEnds;
                            break;
                        }

                        more = *input++;
                        length += more;
                    }
                    while (more == byte.MaxValue);
                }

                if (fault != Lz4BlockFault.None || length + Lz4Copy.Overrun > targetEnd - target)
                {
                    lastOffset = (uint)offset;
                    lastLength = length;
                    break;
                }
            }

            if (offset >= Wide)
            {
                // steps of 16 read only bytes before the place that they write
                Vector128.Load(from).Store(target);
                Vector128.Load(from + Wide).Store(target + Wide);
                for (long i = 2 * Wide; i < length; i += 2 * Wide)
                {
                    Vector128.Load(from + i).Store(target + i);
                    Vector128.Load(from + i + Wide).Store(target + i + Wide);
                }
            }
            else
            {
                Lz4Copy.Pattern(target, from, (uint)offset, length);
            }

            target += length;
            if (input >= inputFar)
            {
                break;
            }

            token = *input;
        }
        while (input < inputFar && target < targetFar);

        if (lastLength > 0 && fault == Lz4BlockFault.None)
        {
            if (lastLength > targetEnd - target)
            {
                fault = Lz4BlockFault.OutputFull;
            }
            else
            {
                Lz4Copy.ExactMatch(target, lastOffset, lastLength);
                target += lastLength;
            }
        }

        cursor.Input = input;
        cursor.Target = target;
        return fault;
    }
}
