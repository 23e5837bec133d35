using IndicatorCore.Aggregation;
using IndicatorCore.Errors;

namespace IndicatorCore.Tests.Aggregation;

public class QuantileStoreTests
{
    private readonly MemoryBudget _budget = new(1L << 30);

    public static TheoryData<string, int> Samples() => new()
    {
        { "few", 1 },
        { "few", 200 },
        { "negative", 300 },
        { "wide", 5_000 },
        { "repeated", 200_000 },
        { "border", 65_536 },
        { "border", 65_537 },
        { "many", 150_000 },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Any_split_order_and_merge_tree_gives_the_same_state_and_answer(string shape, int count)
    {
        var values = Values(shape, count);
        var expected = Naive(values);
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var shuffled = values.ToArray();
            random.Shuffle(shuffled);
            var stores = new List<QuantileStore>();
            foreach (var part in shuffled.Chunk(Math.Max(1, count / (seed + 1))))
            {
                var store = NewStore();
                if (random.Next(2) == 0)
                {
                    var cells = new ValueCells(_budget, "values");
                    cells.AppendRun(5, part);
                    store.Add(Key(0), cells, 5);
                    cells.Clear();
                }
                else
                {
                    store[Key(0)].Add(part);
                }

                stores.Add(store);
            }

            while (stores.Count > 1)
            {
                var (left, right) = (random.Next(stores.Count), random.Next(stores.Count - 1));
                right += right >= left ? 1 : 0;
                if (random.Next(2) == 0)
                {
                    stores[left].MergeFrom(stores[right], new SameKeys());
                    stores[right].Clear();
                }
                else
                {
                    stores[left].TakeFrom(stores[right], new SameKeys());
                }

                stores.RemoveAt(right);
            }

            var sample = stores[0].At(0);
            Check(expected, sample);
            stores[0].Clear();
            Assert.Equal(0, _budget.Used);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_union_of_slots_answers_as_one_sample_of_all_values(string shape, int count)
    {
        var values = Values(shape, count);
        var (sorted, bucketed) = (values.Order().ToArray(), values.Distinct().Count() > ValueSample.MaxDistinct);
        var store = NewStore();
        for (var i = 0; i < values.Length; i++)
        {
            store[Key(i % 3)].Add(values[i], 1);
        }

        var totals = new QuantileTotals();
        for (var slot = 0; slot < store.Count; slot++)
        {
            totals.Add(store.At(slot));
        }

        long[] ranks = [QuantileTotals.Rank(50, count), QuantileTotals.Rank(95, count), QuantileTotals.Rank(99, count), 1, count];
        var answer = totals.Select(store.NewSample, ranks);
        Assert.Equal((count, sorted[0], sorted[^1], bucketed), ((int)answer.Count, answer.Min, answer.Max, answer.IsBucketed));
        for (var i = 0; i < ranks.Length; i++)
        {
            var exact = sorted[ranks[i] - 1];
            Assert.Equal(bucketed ? LogLinearBuckets.Representative(exact) : exact, answer.Values[i]);
        }

        store.Clear();
        Assert.Equal(0, _budget.Used);
    }

    [Fact]
    public void Values_go_to_buckets_from_the_start_where_that_is_asked_for()
    {
        var store = new QuantileStore(_budget, "values", bucketed: true);
        store[Key(0)].Add([1_000L, 1_001, 5]);
        var totals = new QuantileTotals();
        totals.Add(store.At(0));
        var answer = totals.Select(store.NewSample, 1, 2, 3);
        Assert.True(answer.IsBucketed);
        Assert.Equal((5, 1_001), (answer.Min, answer.Max));
        Assert.Equal([5, 1_002, 1_002], answer.Values);
    }

    [Fact]
    public void The_extremes_of_a_bucketed_sample_survive_every_way_of_merging()
    {
        var values = Values("many", 70_000);
        var whole = NewStore();
        whole[Key(0)].Add(values);
        var few = NewStore();
        few[Key(0)].Add([-3_000_001L, 1L << 50]);
        few.MergeFrom(whole, new SameKeys());
        whole[Key(0)].Add([-3_000_001L, 1L << 50]);
        Assert.Equal((-3_000_001, 1L << 50), (few.At(0).Min, few.At(0).Max));
        Assert.Equal((-3_000_001, 1L << 50), (whole.At(0).Min, whole.At(0).Max));
        Assert.Equal(whole.At(0).Sorted().Values, few.At(0).Sorted().Values);
    }

    [Theory]
    [InlineData(50, 1, 1)]
    [InlineData(95, 100, 95)]
    [InlineData(99, 100, 99)]
    [InlineData(99, 101, 100)]
    [InlineData(50, 3, 2)]
    [InlineData(95, long.MaxValue, 8_762_203_435_012_037_017)]
    [InlineData(0, 9, 1)]
    [InlineData(100, 9, 9)]
    public void The_rank_is_the_nearest_one(int percent, long count, long rank) => Assert.Equal(rank, QuantileTotals.Rank(percent, count));

    [Fact]
    public void Values_above_the_budget_are_refused_with_the_option_that_would_help()
    {
        var store = new QuantileStore(new MemoryBudget(200_000), "the values of latency", bucketed: false);
        var fault = Assert.Throws<LimitExceededException>(() => store[Key(0)].Add(Values("many", 100_000)));
        Assert.True(fault.IsMemoryBudget);
        Assert.Contains("the values of latency", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"quantiles\": \"bucketed\"", fault.Advice, StringComparison.Ordinal);
    }

    private static QuantileKey Key(int pane) => new(1, new PaneKey(Leaf.None, pane));

    private static long[] Values(string shape, int count)
    {
        var random = new Random(count);
        return
        [
            .. Enumerable.Range(0, count).Select(i => shape switch
            {
                "negative" => random.NextInt64(-1_000, 1_000),
                "wide" => random.NextInt64(-(1L << 40), 1L << 40),
                "repeated" => random.NextInt64(0, 40_000) * 1_000,
                "border" => (i * 1_000_003L) - 20_000_000,
                _ => random.NextInt64(0, 1L << 31),
            }),
        ];
    }

    private static (long[] Values, long[] Counts, bool IsBucketed, long Min, long Max) Naive(long[] values)
    {
        var bucketed = values.Distinct().Count() > 65_536;
        var groups = values.GroupBy(value => bucketed ? LogLinearBuckets.Representative(value) : value).OrderBy(static group => group.Key).ToList();
        return ([.. groups.Select(static group => group.Key)], [.. groups.Select(static group => (long)group.Count())], bucketed, values.Min(), values.Max());
    }

    private static void Check((long[] Values, long[] Counts, bool IsBucketed, long Min, long Max) expected, ValueSample sample)
    {
        var (values, counts) = sample.Sorted();
        Assert.Equal(expected.Values, values);
        Assert.Equal(expected.Counts, counts);
        Assert.Equal((expected.IsBucketed, expected.Min, expected.Max), (sample.IsBucketed, sample.Min, sample.Max));
        Assert.Equal(expected.Counts.Sum(), sample.Count);
    }

    private QuantileStore NewStore() => new(_budget, "values", bucketed: false);

    private readonly struct SameKeys : IKeyMap<QuantileKey>
    {
        public QuantileKey Map(in QuantileKey key) => key;
    }
}
