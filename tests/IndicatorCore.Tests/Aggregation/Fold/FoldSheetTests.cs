using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;

namespace IndicatorCore.Tests.Aggregation.Fold;

public class FoldSheetTests
{
    private const int Places = 5;

    [Fact]
    public void Records_hold_what_rows_one_by_one_add_up_to()
    {
        Prop.ForAll<int>(static seed =>
        {
            var random = new Random(seed);
            var sheet = new FoldSheet(adds: 3, maxima: 2, new MemoryBudget(1 << 26), new FoldScratch());
            var twin = new Twin();
            for (var chunk = 0; chunk < 5; chunk++)
            {
                var rows = random.Next(1, 400);
                var values = Enumerable.Range(0, rows).Select(_ => Value(random)).ToArray();
                var (low, high) = (Mask(random, rows), Mask(random, rows));
                var units = Units(random, rows, byRuns: chunk % 2 == 0);
                sheet.Begin(units);
                sheet.Count(0, low, high);
                sheet.Sum(1, values, low, values.Aggregate(0UL, static (all, value) => all | (ulong)(value ^ (value >> 63))));
                sheet.Max(sheet.Maxima, values, high, negate: true);
                if (chunk != 3)
                {
                    sheet.Max(sheet.Maxima + 1, values, default, negate: false);   // a lane that a chunk leaves out changes nothing
                }

                sheet.Fold(Places);
                for (var row = 0; row < rows; row++)
                {
                    twin.Add(units.PlaceOf(row), RowMask.Has(low, row), RowMask.Has(high, row), values[row], withMaximum: chunk != 3);
                }

                if (sheet.IsFull)
                {
                    twin.Check(sheet);
                    sheet.Empty();
                    twin = new Twin();
                }
            }

            twin.Check(sheet);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_sheet_is_full_before_a_sum_could_overflow()
    {
        var sheet = new FoldSheet(adds: 1, maxima: 0, new MemoryBudget(1 << 26), new FoldScratch());
        var values = Enumerable.Repeat((1L << 50) - 1, RowChunk.Capacity).ToArray();
        var units = new ChunkUnits();
        units.AllEnds[0] = RowChunk.Capacity;
        units.Set(RowChunk.Capacity, 1, byRuns: true);
        var chunks = 0;
        while (!sheet.IsFull)
        {
            sheet.Begin(units);
            sheet.Sum(0, values, default, (ulong)values[0]);
            sheet.Fold(1);
            Assert.True(++chunks < 10);
        }

        Assert.Equal((Int128)values[0] * RowChunk.Capacity * chunks, sheet.SumOf(0, 0));
    }

    [Fact]
    public void Values_in_their_column_fold_as_converted_ones_do()
    {
        Prop.ForAll<int>(static seed =>
        {
            var random = new Random(seed);
            var (plain, deferred) = (NewSheet(), NewSheet());
            for (var chunk = 0; chunk < 6; chunk++)
            {
                var rows = random.Next(1, 400);
                var units = Units(random, rows, byRuns: true);
                var lane = Lane(random, rows);
                var values = new long[rows];
                lane.Convert(values, RowMask.New());
                var all = Enumerable.Range(0, rows).Aggregate(RowMask.New(), static (mask, row) =>
                {
                    RowMask.Set(mask, row);
                    return mask;
                });
                foreach (var sheet in new[] { plain, deferred })
                {
                    sheet.Begin(units);
                    sheet.Count(0, all);
                }

                plain.Sum(1, values, default, 1UL << 50);
                var (least, greatest) = (plain.Maxima + (seed & 1), plain.Maxima + 1 - (seed & 1));
                plain.Max(least, values, default, negate: true);
                plain.Max(greatest, values, default, negate: false);
                plain.Max(plain.Maxima + 2, [.. Enumerable.Repeat(-77L, rows)], default, negate: false);
                if (!deferred.Sum(1, lane))
                {
                    Assert.Equal(DeferredKind.Single, lane.Kind);
                    deferred.Sum(1, values, default, 1UL << 50);
                }

                Assert.True(deferred.Extremes(least, chunk == 2 ? -1 : greatest, lane));
                if (chunk == 2)
                {
                    Assert.True(deferred.Extremes(-1, greatest, lane));
                }

                Assert.True(deferred.Max(deferred.Maxima + 2, -77));
                plain.Fold(Places);
                deferred.Fold(Places);
                for (var place = 0; place < Places; place++)
                {
                    Assert.Equal(plain.Record(place), deferred.Record(place));
                    Assert.Equal(plain.SumOf(place, 1), deferred.SumOf(place, 1));
                }

                if (plain.IsFull || deferred.IsFull)
                {
                    plain.Empty();
                    deferred.Empty();
                }
            }
        }).QuickCheckThrowOnFailure();

        static FoldSheet NewSheet() => new(adds: 2, maxima: 3, new MemoryBudget(1 << 26), new FoldScratch());
    }

    [Fact]
    public void A_sheet_of_deferred_sums_is_full_before_one_could_overflow()
    {
        var sheet = new FoldSheet(adds: 1, maxima: 0, new MemoryBudget(1 << 26), new FoldScratch());
        var lane = new DeferredLane();
        lane.Set(MemoryMarshal.AsBytes(Enumerable.Repeat(int.MinValue, RowChunk.Capacity).ToArray().AsSpan()).ToArray(), DeferredKind.Int32, 1_000_000);
        var units = new ChunkUnits();
        units.AllEnds[0] = RowChunk.Capacity;
        units.Set(RowChunk.Capacity, 1, byRuns: true);
        var chunks = 0;
        while (!sheet.IsFull)
        {
            sheet.Begin(units);
            Assert.True(sheet.Sum(0, lane));
            sheet.Fold(1);
            Assert.True(++chunks < 10);
        }

        Assert.Equal((Int128)int.MinValue * 1_000_000 * RowChunk.Capacity * chunks, sheet.SumOf(0, 0));
    }

    private static DeferredLane Lane(Random random, int rows)
    {
        var lane = new DeferredLane();
        switch (random.Next(3))
        {
            case 0:
                lane.Set(Bytes<double>(rows, () => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(9))), DeferredKind.Double, 1_000_000);
                break;
            case 1:
                lane.Set(Bytes<float>(rows, () => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(9)))), DeferredKind.Single, 1_000);
                break;
            default:
                lane.Set(Bytes<int>(rows, () => random.Next(int.MinValue, int.MaxValue)), DeferredKind.Int32, 1_000);
                break;
        }

        return lane;
    }

    private static byte[] Bytes<T>(int rows, Func<T> value)
        where T : unmanaged =>
        MemoryMarshal.AsBytes<T>(Enumerable.Range(0, rows).Select(_ => value()).ToArray()).ToArray();

    // now and then far too large for a running bound
    private static long Value(Random random) => random.Next(20) switch
    {
        0 => long.MaxValue - random.Next(3),
        1 => -long.MaxValue + random.Next(3),
        2 => 1L << 51,
        _ => random.Next(-1_000, 1_000),
    };

    private static ulong[] Mask(Random random, int rows)
    {
        var mask = RowMask.New();
        for (var row = 0; row < rows; row++)
        {
            if (random.Next(3) > 0)
            {
                RowMask.Set(mask, row);
            }
        }

        return mask;
    }

    private static ChunkUnits Units(Random random, int rows, bool byRuns)
    {
        var units = new ChunkUnits();
        if (!byRuns)
        {
            for (var row = 0; row < rows; row++)
            {
                units.AllPlaces[row] = random.Next(Places);
            }

            units.Set(rows, rows, byRuns: false);
            return units;
        }

        var count = 0;
        for (var end = 0; end < rows; count++)
        {
            end = Math.Min(rows, end + random.Next(1, 90));
            units.AllEnds[count] = end;
            units.AllPlaces[count] = random.Next(Places);
        }

        units.Set(rows, count, byRuns: true);
        return units;
    }

    private sealed class Twin
    {
        private readonly long[] _low = new long[Places];
        private readonly long[] _high = new long[Places];
        private readonly Int128[] _sum = new Int128[Places];
        private readonly long[] _negated = [.. Enumerable.Repeat(long.MinValue, Places)];
        private readonly long[] _greatest = [.. Enumerable.Repeat(long.MinValue, Places)];

        public void Add(int place, bool low, bool high, long value, bool withMaximum)
        {
            _low[place] += low ? 1 : 0;
            _high[place] += high ? 1 : 0;
            _sum[place] += low ? value : 0;
            _negated[place] = high ? Math.Max(_negated[place], -value) : _negated[place];
            _greatest[place] = withMaximum ? Math.Max(_greatest[place], value) : _greatest[place];
        }

        public void Check(FoldSheet sheet)
        {
            for (var place = 0; place < Places; place++)
            {
                var record = sheet.Record(place);
                Assert.Equal(_low[place], (uint)record[0]);
                Assert.Equal(_high[place], record[0] >>> 32);
                Assert.Equal(_sum[place], sheet.SumOf(place, 1));
                Assert.Equal(_negated[place], record[sheet.Maxima]);
                Assert.Equal(_greatest[place], record[sheet.Maxima + 1]);
            }
        }
    }
}
