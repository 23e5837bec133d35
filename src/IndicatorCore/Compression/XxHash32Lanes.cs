using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Compression;

/// <summary>XXH32 of several spans side by side: one hash is bound by the latency of its multiplications, four fill the time.</summary>
internal static class XxHash32Lanes
{
    /// <summary>The most spans of one call.</summary>
    public const int Most = 4;

    private const int StripeBytes = 16;

    /// <summary>Hashes, with the seed 0, the ranges of <paramref name="bytes"/> that <paramref name="starts"/> and <paramref name="lengths"/> tell.</summary>
    /// <param name="bytes">Where the ranges lie.</param>
    /// <param name="starts">The first byte of each, one to four of them.</param>
    /// <param name="lengths">The length of each.</param>
    /// <param name="hashes">The hash of each.</param>
    /// <exception cref="ArgumentException">There are none, more than four, or not equally many of all.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range does not lie in the bytes.</exception>
    public static void Hash(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths, Span<uint> hashes)
    {
        var count = starts.Length;
        if (count is 0 or > Most || lengths.Length != count || hashes.Length < count)
        {
            throw new ArgumentException($"One to {Most} ranges are hashed, each with its length and its place.", nameof(starts));
        }

        Span<int> at = stackalloc int[Most];
        Span<int> end = stackalloc int[Most];
        Span<Vector128<uint>> lanes = stackalloc Vector128<uint>[Most];
        for (var i = 0; i < Most; i++)
        {
            at[i] = i < count ? starts[i] : 0;
            end[i] = i < count ? starts[i] + (bytes.Slice(starts[i], lengths[i]).Length & -StripeBytes) : 0;
            lanes[i] = new XxHash32(0).Lanes;
        }

        // In phases, each as long as the shortest range that is left; a lane whose range is done follows another and is not taken over.
        while (true)
        {
            var (longest, shortest, active) = (0, int.MaxValue, 0);
            for (var i = 0; i < Most; i++)
            {
                if (at[i] < end[i])
                {
                    longest = end[i] - at[i] >= end[longest] - at[longest] ? i : longest;
                    shortest = Math.Min(shortest, end[i] - at[i]);
                    active++;
                }
            }

            if (active < 2)
            {
                break;
            }

            var all = Vector512.Create(Vector256.Create(lanes[0], lanes[1]), Vector256.Create(lanes[2], lanes[3]));
            all = Rounds(
                bytes.Slice(at[0] < end[0] ? at[0] : at[longest], shortest),
                bytes.Slice(at[1] < end[1] ? at[1] : at[longest], shortest),
                bytes.Slice(at[2] < end[2] ? at[2] : at[longest], shortest),
                bytes.Slice(at[3] < end[3] ? at[3] : at[longest], shortest),
                all);
            for (var i = 0; i < Most; i++)
            {
                if (at[i] < end[i])
                {
                    var half = i < 2 ? all.GetLower() : all.GetUpper();
                    lanes[i] = i % 2 == 0 ? half.GetLower() : half.GetUpper();
                    at[i] += shortest;
                }
            }
        }

        for (var i = 0; i < count; i++)
        {
            var hash = new XxHash32(0);
            hash.Advance(lanes[i], at[i] - starts[i]);
            hash.Append(bytes[at[i]..(starts[i] + lengths[i])]);
            hashes[i] = hash.Finish();
        }
    }

    private static Vector512<uint> Rounds(
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second,
        ReadOnlySpan<byte> third,
        ReadOnlySpan<byte> fourth,
        Vector512<uint> lanes)
    {
        var a = MemoryMarshal.Cast<byte, Vector128<uint>>(first);
        var b = MemoryMarshal.Cast<byte, Vector128<uint>>(second)[..a.Length];
        var c = MemoryMarshal.Cast<byte, Vector128<uint>>(third)[..a.Length];
        var d = MemoryMarshal.Cast<byte, Vector128<uint>>(fourth)[..a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            lanes = XxHash32.Round(lanes, Vector512.Create(Vector256.Create(a[i], b[i]), Vector256.Create(c[i], d[i])));
        }

        return lanes;
    }
}
