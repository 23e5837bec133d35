using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Compression;

/// <summary>Copies of matches, whose source may overlap what they write.</summary>
internal static unsafe class Lz4Copy
{
    /// <summary>The most bytes behind a match that <see cref="Match"/> and <see cref="Pattern"/> write.</summary>
    public const int Overrun = 64;

    private const int Wide = 16;

    /// <summary>Copies a match.</summary>
    /// <param name="target">Where it goes; <paramref name="length"/> + <see cref="Overrun"/> bytes may be written.</param>
    /// <param name="offset">From 1; so many bytes before <paramref name="target"/> were written.</param>
    /// <param name="length">Its length.</param>
    public static void Match(byte* target, uint offset, long length)
    {
        var from = target - offset;
        if (offset < Wide)
        {
            Pattern(target, from, offset, length);
            return;
        }

        // Steps of 16 read only bytes before the place that they write.
        for (var i = 0L; i < length; i += 2 * Wide)
        {
            Vector128.Load(from + i).Store(target + i);
            Vector128.Load(from + i + Wide).Store(target + i + Wide);
        }
    }

    /// <summary>Copies a match, and writes nothing behind it.</summary>
    public static void ExactMatch(byte* target, uint offset, long length)
    {
        // What was copied repeats with the period offset, so each round may copy all of it again.
        var from = target - offset;
        for (var done = 0L; done < length;)
        {
            var count = Math.Min(length - done, offset + done);
            Buffer.MemoryCopy(from, target + done, length - done, count);
            done += count;
        }
    }

    /// <summary>Copies a match whose offset is 1 to 15.</summary>
    /// <remarks>Sixteen bytes of the repeated pattern are made once; stepping by the largest multiple of the period keeps its phase.</remarks>
    /// <param name="target">Where it goes; <paramref name="length"/> + <see cref="Overrun"/> bytes may be written.</param>
    /// <param name="from"><paramref name="target"/> - <paramref name="offset"/>.</param>
    /// <param name="offset">The period.</param>
    /// <param name="length">The match's length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pattern(byte* target, byte* from, uint offset, long length)
    {
        var pattern = Vector128.ShuffleNative(Vector128.Load(from), Vector128.Create(s_patternIndices.Slice((int)offset * Wide, Wide)));
        long step = s_patternSteps[(int)offset];
        if (step == Wide && length > Wide)
        {
            var twice = Vector256.Create(pattern, pattern);
            for (var i = 0L; i < length; i += 4 * Wide)
            {
                twice.Store(target + i);
                twice.Store(target + i + (2 * Wide));
            }

            return;
        }

        for (var i = 0L; i < length; i += step)
        {
            pattern.Store(target + i);
        }
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
}
