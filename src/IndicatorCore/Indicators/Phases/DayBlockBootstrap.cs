using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Indicators.Phases;

/// <summary>The interval of an index: a seeded moving-block bootstrap with the local day as cluster (sections 1.5 and 4).</summary>
/// <remarks>
/// The scheme, wherever the definition leaves room:
/// <list type="bullet">
/// <item>Each phase is the ascending list of the local days on which a matched stratum has a row, closed days and gaps left out: a
/// replicate of blank days would have no index. A day is drawn with all lines and products on it, so what they have in common
/// stays together.</item>
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
        IReadOnlyCollection<Stratum> matched, IndexForm form, string seedText)
    {
        var days = new[] { DayNumbers.Of(matched, 0), DayNumbers.Of(matched, 1) };
        if (days[0].Count < BlockDays || days[1].Count < BlockDays)
        {
            return null;
        }

        var draws = Draw(days, seedText);
        var totals = new ReplicateTotals(Replicates, matched.Count, form);
        foreach (var slice in matched.Chunk(SliceStrata))
        {
            if (FitsInt64(slice, draws))
            {
                AddInt64(slice, days, draws, totals);
            }
            else
            {
                AddInt128(slice, days, draws, totals);
            }
        }

        return Select(totals);
    }

    private static int[][] Draw(DayNumbers[] days, string seedText)
    {
        const int MostDigits = 10;
        var counts = new[] { Blocks(days[0].Count), Blocks(days[1].Count) };
        var draws = new[] { new int[counts[0] * Replicates], new int[counts[1] * Replicates] };
        var prefix = Encoding.UTF8.GetByteCount(seedText) + 1;
        var text = new byte[prefix + MostDigits];
        Encoding.UTF8.GetBytes(seedText, text);
        text[prefix - 1] = (byte)'|';
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            (replicate + 1).TryFormat(text.AsSpan(prefix), out var digits, default, CultureInfo.InvariantCulture);
            SHA256.HashData(text.AsSpan(0, prefix + digits), digest);
            var generator = new SplitMix64(BinaryPrimitives.ReadUInt64BigEndian(digest));
            for (var phase = 0; phase < 2; phase++)
            {
                generator.Fill(draws[phase].AsSpan(replicate * counts[phase], counts[phase]), days[phase].Count - BlockDays + 1);
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

    private static void AddInt64(Stratum[] slice, DayNumbers[] days, int[][] draws, ReplicateTotals totals)
    {
        var width = Padded(2 * slice.Length);
        var tables = new[] { BlockSums<long>(slice, 0, days[0], width), BlockSums<long>(slice, 1, days[1], width) };
        var sums = new[] { new long[width], new long[width] };
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            for (var phase = 0; phase < 2; phase++)
            {
                var count = draws[phase].Length / Replicates;
                Sum(tables[phase], draws[phase].AsSpan(replicate * count, count), sums[phase]);
            }

            for (var i = 0; i < 2 * slice.Length; i += 2)
            {
                totals.Add(replicate, sums[0][i], sums[0][i + 1], sums[1][i], sums[1][i + 1]);
            }
        }

        static int Padded(int width) => (width + Vector<long>.Count - 1) / Vector<long>.Count * Vector<long>.Count;
    }

    /// <summary>The sum of the drawn rows of a table, as wide as <paramref name="sum"/>.</summary>
    private static void Sum(long[] table, ReadOnlySpan<int> rows, long[] sum)
    {
        for (var column = 0; column < sum.Length; column += Vector<long>.Count)
        {
            var total = Vector<long>.Zero;
            foreach (var row in rows)
            {
                total += new Vector<long>(table, (row * sum.Length) + column);
            }

            total.CopyTo(sum, column);
        }
    }

    private static void AddInt128(Stratum[] slice, DayNumbers[] days, int[][] draws, ReplicateTotals totals)
    {
        var width = 2 * slice.Length;
        var tables = new[] { BlockSums<Int128>(slice, 0, days[0], width), BlockSums<Int128>(slice, 1, days[1], width) };
        var sums = new[] { new Int128[width], new Int128[width] };
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
                totals.Add(replicate, sums[0][i], sums[0][i + 1], sums[1][i], sums[1][i + 1]);
            }
        }
    }

    /// <summary>For each block start, output and input of each stratum over the block's seven days.</summary>
    private static T[] BlockSums<T>(Stratum[] slice, int phase, DayNumbers days, int width)
        where T : struct, IBinaryInteger<T>
    {
        var table = new T[days.Count * width];
        for (var i = 0; i < slice.Length; i++)
        {
            foreach (var amount in slice[i].Days)
            {
                if (amount.Phase == phase)
                {
                    var row = days[amount.Day] * width;
                    table[row + (2 * i)] += T.CreateTruncating(amount.Output);
                    table[row + (2 * i) + 1] += T.CreateTruncating(amount.Input);
                }
            }
        }

        // A block's sum takes the place of its first day, which no later block needs.
        var window = new T[width];
        for (var day = 0; day < days.Count; day++)
        {
            var row = table.AsSpan(day * width, width);
            for (var ahead = day == 0 ? 0 : BlockDays - 1; ahead < BlockDays && day + ahead < days.Count; ahead++)
            {
                var entering = table.AsSpan((day + ahead) * width, width);
                for (var i = 0; i < width; i++)
                {
                    window[i] += entering[i];
                }
            }

            for (var i = 0; i < width; i++)
            {
                var leaving = row[i];
                row[i] = window[i];
                window[i] -= leaving;
            }
        }

        return table;
    }

    private static (IndexSums Low, IndexSums High)? Select(ReplicateTotals totals)
    {
        var order = new int[Replicates];
        var squares = new double[Replicates];
        for (var replicate = 0; replicate < Replicates; replicate++)
        {
            if (!totals.IsPositive(replicate))
            {
                return null;
            }

            order[replicate] = replicate;
            squares[replicate] = totals.FisherSquare(replicate);
        }

        // Both values, E − 1 and 1 − 1/E, grow with E². Its doubles are near enough to order all but neighbours, which the exact ratios tell apart.
        Array.Sort(squares, order);
        for (var i = 1; i < Replicates; i++)
        {
            for (var at = i; at > 0 && squares[at] - squares[at - 1] <= ReplicateTotals.SquareError * squares[at] && IsAbove(totals, order[at - 1], order[at]); at--)
            {
                (squares[at], squares[at - 1]) = (squares[at - 1], squares[at]);
                (order[at], order[at - 1]) = (order[at - 1], order[at]);
            }
        }

        return (totals.Sums(order[LowRank - 1]), totals.Sums(order[HighRank - 1]));
    }

    private static bool IsAbove(ReplicateTotals totals, int first, int second)
    {
        var (left, right) = (totals.Sums(first), totals.Sums(second));
        return left.FisherAbove * right.FisherBelow > right.FisherAbove * left.FisherBelow;
    }
}
