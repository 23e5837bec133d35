using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Indicators.Phases;

/// <summary>The interval of an index: a seeded moving-block bootstrap with the local day as cluster (sections 1.5 and 4).</summary>
/// <remarks>
/// The scheme, wherever the definition leaves room:
/// <list type="bullet">
/// <item>Each phase is the ascending list of local days in the span of at least one contributing line, with or without
/// production. A day is drawn with all lines and products on it, so what they have in common stays together.</item>
/// <item>A block is seven neighbours of that list. A phase of D days has D − 6 blocks; a replicate draws ⌈D ÷ 7⌉ of them, with
/// replacement, each equally likely, first those of the baseline, then those of the after phase. Blocks are used whole: the
/// index does not change when all amounts of a phase grow alike, so cutting the last to D days would only lose data.</item>
/// <item>Replicate r = 1 … 999 has a SplitMix64 of its own, seeded by the first eight bytes, big-endian, of SHA-256 over the
/// UTF-8 text <c>definition|group|start|end|r</c>, start and end being the row's span as yyyy-MM-dd.</item>
/// <item>The index of a replicate is that of the figure, on exact integers, quotients rounded alike. Only strata matched in the
/// figure take part; one with an amount not above zero in a replicate is unmatched there and left out of all four sums.</item>
/// <item>Limits are the nearest ranks ⌈0.025 · 999⌉ = 25 and ⌈0.975 · 999⌉ = 975. If any replicate has no index (no stratum left,
/// or a sum of zero), there is no interval.</item>
/// </list>
/// Strata are worked on in slices, so memory is bounded by days × slice whatever the size of the group.
/// </remarks>
internal static class DayBlockBootstrap
{
    private const int Replicates = 999;
    private const int LowRank = 25;
    private const int HighRank = 975;
    private const int BlockDays = 7;
    private const int SliceStrata = 256;

    /// <summary>The sums of the replicates at both limits, or null when a replicate has no index.</summary>
    public static (IndexSums Low, IndexSums High)? Run(
        IReadOnlyCollection<Stratum> matched, IReadOnlyCollection<int>[] spanDays, IndexForm form, string seedText)
    {
        var days = new int[2][];
        for (var phase = 0; phase < 2; phase++)
        {
            days[phase] = [.. spanDays[phase].Order()];
            if (days[phase].Length < BlockDays)
            {
                return null;
            }
        }

        var draws = Draw(days, seedText);
        var totals = new ReplicateTotals(Replicates, matched.Count, form);
        foreach (var slice in matched.Chunk(SliceStrata))
        {
            if (FitsInt64(slice, draws))
            {
                Add<long>(slice, days, draws, totals);
            }
            else
            {
                Add<Int128>(slice, days, draws, totals);
            }
        }

        return Select(totals);
    }

    private static int[][] Draw(int[][] days, string seedText)
    {
        var counts = new[] { Blocks(days[0].Length), Blocks(days[1].Length) };
        var draws = new[] { new int[counts[0] * Replicates], new int[counts[1] * Replicates] };
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            SHA256.HashData(Encoding.UTF8.GetBytes($"{seedText}|{replicate + 1}"), digest);
            var generator = new SplitMix64(BinaryPrimitives.ReadUInt64BigEndian(digest));
            for (var phase = 0; phase < 2; phase++)
            {
                var starts = days[phase].Length - BlockDays + 1;
                foreach (ref var draw in draws[phase].AsSpan(replicate * counts[phase], counts[phase]))
                {
                    draw = generator.Next(starts);
                }
            }
        }

        return draws;

        static int Blocks(int length) => (length + BlockDays - 1) / BlockDays;
    }

    /// <summary>Whether no sum of drawn blocks can leave Int64: every block's sum is within the sum of sizes.</summary>
    private static bool FitsInt64(Stratum[] slice, int[][] draws)
    {
        Span<UInt128> sizes = stackalloc UInt128[4];
        foreach (var stratum in slice)
        {
            sizes.Clear();
            foreach (var amount in stratum.Days)
            {
                sizes[2 * amount.Phase] += (UInt128)Int128.Abs(amount.Output);
                sizes[(2 * amount.Phase) + 1] += (UInt128)Int128.Abs(amount.Input);
            }

            for (var i = 0; i < sizes.Length; i++)
            {
                if (sizes[i] > (UInt128)(long.MaxValue / (draws[i / 2].Length / Replicates)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void Add<T>(Stratum[] slice, int[][] days, int[][] draws, ReplicateTotals totals)
        where T : struct, IBinaryInteger<T>
    {
        var width = 2 * slice.Length;
        var tables = new[] { BlockSums<T>(slice, 0, days[0]), BlockSums<T>(slice, 1, days[1]) };
        var sums = new[] { new T[width], new T[width] };
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            for (var phase = 0; phase < 2; phase++)
            {
                var sum = sums[phase].AsSpan();
                sum.Clear();
                var count = draws[phase].Length / Replicates;
                foreach (var start in draws[phase].AsSpan(replicate * count, count))
                {
                    var block = tables[phase].AsSpan(start * width, sum.Length);
                    for (var i = 0; i < sum.Length; i++)
                    {
                        sum[i] += block[i];
                    }
                }
            }

            for (var i = 0; i < width; i += 2)
            {
                totals.Add(
                    replicate,
                    Int128.CreateTruncating(sums[0][i]),
                    Int128.CreateTruncating(sums[0][i + 1]),
                    Int128.CreateTruncating(sums[1][i]),
                    Int128.CreateTruncating(sums[1][i + 1]));
            }
        }
    }

    /// <summary>For each block start, output and input of each stratum over the block's seven days.</summary>
    private static T[] BlockSums<T>(Stratum[] slice, int phase, int[] days)
        where T : struct, IBinaryInteger<T>
    {
        var width = 2 * slice.Length;
        var table = new T[days.Length * width];
        for (var i = 0; i < slice.Length; i++)
        {
            foreach (var amount in slice[i].Days)
            {
                if (amount.Phase == phase)
                {
                    var row = Array.BinarySearch(days, amount.Day) * width;
                    table[row + (2 * i)] += T.CreateTruncating(amount.Output);
                    table[row + (2 * i) + 1] += T.CreateTruncating(amount.Input);
                }
            }
        }

        // A block's sum takes the place of its first day, which no later block needs.
        var window = new T[width];
        for (var at = 0; at < table.Length; at++)
        {
            ref var inWindow = ref window[at % width];
            if (at < width)
            {
                for (var day = 0; day < BlockDays - 1; day++)
                {
                    inWindow += table[at + (day * width)];
                }
            }

            var entering = at + ((BlockDays - 1) * width);
            inWindow += entering < table.Length ? table[entering] : T.Zero;
            var leaving = table[at];
            table[at] = inWindow;
            inWindow -= leaving;
        }

        return table;
    }

    private static (IndexSums Low, IndexSums High)? Select(ReplicateTotals totals)
    {
        var order = new int[Replicates];
        var squares = new double[Replicates];
        var sums = new IndexSums[Replicates];
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            sums[replicate] = totals.Sums(replicate);
            if (!sums[replicate].IsPositive)
            {
                return null;
            }

            order[replicate] = replicate;
            squares[replicate] = ExactRatio.ToDouble(sums[replicate].FisherAbove, sums[replicate].FisherBelow);
        }

        // Both values, E − 1 and 1 − 1/E, grow with E²; equal doubles are told apart by the exact ratios.
        Array.Sort(order, (left, right) =>
        {
            var byDouble = squares[left].CompareTo(squares[right]);
            return byDouble != 0
                ? byDouble
                : (sums[left].FisherAbove * sums[right].FisherBelow).CompareTo(sums[right].FisherAbove * sums[left].FisherBelow);
        });
        return (sums[order[LowRank - 1]], sums[order[HighRank - 1]]);
    }
}
