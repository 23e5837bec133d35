using System.Numerics;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Phases;
using static IndicatorCore.Tests.Indicators.Phases.PhaseData;

namespace IndicatorCore.Tests.Indicators.Phases;

/// <summary>Cost at the prices of the index's base period (indicator-definitions 5), by hand and by law.</summary>
public sealed class RealCostTests
{
    private static readonly int s_base = Day("2024-01-05");
    private static readonly int s_after = Day("2024-02-05");

    private static readonly CostCell[] s_w8 =
    [
        Cost(s_base, "L", "X", 1000, 10_000), Cost(s_base, "L", "Y", 100, 5_000),
        Cost(s_after, "L", "X", 200, 1_800), Cost(s_after, "L", "Y", 400, 18_000),
    ];

    // material and energy of two products: X 100 pieces before and after, Y 50
    private static readonly CostCell[] s_elements =
    [
        Cost(s_base, "L", "X", 100, 600, "material"), Cost(s_base, "L", "X", 100, 400, "energy"),
        Cost(s_base, "L", "Y", 50, 800, "material"), Cost(s_base, "L", "Y", 50, 200, "energy"),
        Cost(s_after, "L", "X", 100, 660, "material"), Cost(s_after, "L", "X", 100, 600, "energy"),
        Cost(s_after, "L", "Y", 50, 880, "material"), Cost(s_after, "L", "Y", 50, 300, "energy"),
    ];

    [Fact]
    public void W8_with_prices_a_tenth_up_is_a_larger_reduction()
    {
        // at base prices after X 1800 / 1.1, Y 18000 / 1.1: 1 − 0.9 / 1.1 = 2/11
        var real = Real(s_w8, (null, "2024-01", 1m), (null, "2024-02", 1.1m));
        Assert.Equal("cost_red.real", real.Indicator);
        Assert.Equal(2 / 11.0, real.Value!.Value, 1e-12);
        Assert.Null(real.Numerator);
        Assert.Null(real.Low);
    }

    [Fact]
    public void W8b_with_prices_keeps_the_root_of_both_forms()
    {
        // R_P = 1/55 and R_L = 2/15 at 5/4 of the prices: 1 − √(54/55 · 13/15) · 4/5
        CostCell[] cells = [s_w8[0], s_w8[1], Cost(s_after, "L", "X", 200, 1_600), Cost(s_after, "L", "Y", 400, 20_000)];
        var real = Real(cells, (null, "2024-01", 100m), (null, "2024-02", 125m));
        Assert.Equal(1 - (0.8 * Math.Sqrt(54 / 55.0 * 13 / 15.0)), real.Value!.Value, 1e-12);
    }

    [Fact]
    public void Every_element_is_deflated_by_its_own_index()
    {
        // nominal: 2440 of 2000; material 1.1 and energy 1.5 times as dear make it 2000 of 2000
        var figures = Compute(s_elements, ("material", "2024-01", 1m), ("energy", "2024-01", 1m), ("material", "2024-02", 1.1m), ("energy", "2024-02", 1.5m));
        Assert.Equal(-0.22, figures[0].Value!.Value, 1e-3);
        Assert.Equal(0.0, figures[^1].Value);
        Assert.Equal(1.0, figures[^1].Addition("matched_share_after").Number);
    }

    [Fact]
    public void The_month_of_the_period_s_start_counts_also_in_the_baseline()
    {
        // a baseline period of two months at twice the prices of its first, an after period at three times
        CostCell[] cells =
        [
            Cost(Day("2024-01-15"), "L", "X", 100, 2_000, "material", end: Day("2024-01-31")),
            Cost(Day("2024-02-01"), "L", "X", 100, 2_700, "material", end: Day("2024-03-01")),
        ];
        var real = Real(cells, ("material", "2024-01", 2m), ("material", "2024-02", 3m), ("material", "2024-03", 7m));
        Assert.Equal(0.1, real.Value!.Value, 1e-15);
    }

    [Fact]
    public void A_missing_index_makes_the_stratum_missing_and_not_cheaper()
    {
        // energy of February has none: both products are unmatched
        var figures = Compute(s_elements, ("material", "2024-01", 1m), ("energy", "2024-01", 1m), ("material", "2024-02", 1.1m));
        Assert.Equal((ResultStatus.Suppressed, ResultReason.MatchedShareLow), (figures[^1].Status, figures[^1].Reason));
        Assert.Null(figures[^1].Value);
        Assert.Equal(0.0, figures[^1].Addition("matched_share_base").Number);
        Assert.Equal(ResultStatus.PublishedWithWarning, figures[0].Status);   // PHASES_GIVEN: the nominal figure stands

        // of one product only: it stays out, and the share is of cost as booked
        CostCell[] one = [.. s_elements, Cost(s_base, "L", "Z", 10, 100, "network"), Cost(s_after, "L", "Z", 10, 100, "network")];
        var real = Compute(one, ("material", "2024-01", 1m), ("energy", "2024-01", 1m), ("material", "2024-02", 1.1m), ("energy", "2024-02", 1.5m))[^1];
        Assert.Equal(0.0, real.Value);
        Assert.Equal(2_000 / 2_100.0, real.Addition("matched_share_base").Number);
        Assert.Equal(2_440 / 2_540.0, real.Addition("matched_share_after").Number);

        // what costs nothing needs no price
        CostCell[] free = [.. s_elements, Cost(s_base, "L", "X", 100, 0, "network"), Cost(s_after, "L", "X", 100, 0, "network")];
        Assert.Equal(0.0, Compute(free, ("material", "2024-01", 1m), ("energy", "2024-01", 1m), ("material", "2024-02", 1.1m), ("energy", "2024-02", 1.5m))[^1].Value);
    }

    [Fact]
    public void Without_an_index_there_is_no_real_figure_unless_it_is_asked_for_by_name()
    {
        Assert.DoesNotContain(CostReduction.Compute(Given(cost: s_w8), PhaseParts.All), static figure => figure.Indicator == "cost_red.real");
        var named = CostReduction.Compute(Given(cost: s_w8) with { NamesRealCost = true, HasRegistry = true }, PhaseParts.All)[^1];
        Assert.Equal(("cost_red.real", ResultStatus.NotAvailable, ResultReason.MissingColumn), (named.Indicator, named.Status, named.Reason));
        Assert.Equal(ResultReason.NoRegistry, CostReduction.Compute(Given(cost: s_w8) with { NamesRealCost = true }, PhaseParts.All)[^1].Reason);
    }

    // a law: an index that is 1 everywhere changes nothing, to the last bit; nor does the way it is written
    [Theory]
    [InlineData(1, "1")]
    [InlineData(2, "1.000")]
    [InlineData(3, "1")]
    [InlineData(4, "1.0")]
    public void A_constant_index_of_one_is_the_nominal_figure_bit_for_bit(int seed, string one)
    {
        var random = new Random(seed);
        var cells = RandomCost(random);
        var prices = Months(static _ => 0).Select(price => (price.Element, price.Month, decimal.Parse(one))).ToArray();
        var figures = Compute(cells, prices);
        Assert.NotNull(figures[0].Value);
        Assert.Equal(BitConverter.DoubleToInt64Bits(figures[0].Value!.Value), BitConverter.DoubleToInt64Bits(figures[^1].Value!.Value));
        Assert.Equal((figures[0].Status, figures[0].Reason, figures[0].Flags), (figures[^1].Status, figures[^1].Reason, figures[^1].Flags));
        Assert.Equal(figures[0].Addition("matched_share_base"), figures[^1].Addition("matched_share_base"));
    }

    // a twin: exact fractions the long way, rounded where the definitions say
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Random_prices_give_what_exact_fractions_give(int seed)
    {
        var random = new Random(seed);
        var cells = RandomCost(random);
        var prices = Months(_ => random.Next(700, 1_400) / 10m).ToArray();
        var real = Compute(cells, prices)[^1];
        var table = prices.ToDictionary(static price => (price.Element, price.Month[5..]), static price => price.Index);

        (BigInteger Above, BigInteger Below)[] sums = [(0, 1), (0, 1)];
        (BigInteger, BigInteger) Add((BigInteger A, BigInteger B) left, (BigInteger A, BigInteger B) right) => ((left.A * right.B) + (right.A * left.B), left.B * right.B);
        BigInteger Rounded(BigInteger above, BigInteger below)
        {
            var quotient = BigInteger.DivRem(above, below, out var rest);
            var twice = (2 * rest).CompareTo(below);
            return quotient + (twice > 0 || (twice == 0 && !quotient.IsEven) ? 1 : 0);
        }

        BigInteger projectedAfter = 0, projectedBase = 0;
        foreach (var product in cells.GroupBy(static cell => cell.Product))
        {
            (BigInteger Above, BigInteger Below)[] cost = [(0, 1), (0, 1)];
            foreach (var cell in product)
            {
                var phase = cell.StartDay < Day("2024-02-01") ? 0 : 1;
                var tenths = (BigInteger)(table[(cell.Element, phase == 0 ? "01" : "02")] * 10);
                cost[phase] = Add(cost[phase], ((BigInteger)cell.Amount * 10, tenths));
            }

            var output = new[] { 0, 1 }.Select(phase => (BigInteger)product.First(cell => (cell.StartDay >= Day("2024-02-01")) == (phase == 1)).Output).ToArray();
            projectedAfter += Rounded(output[1] * cost[0].Above * 100_000_000, output[0] * cost[0].Below);
            projectedBase += Rounded(output[0] * cost[1].Above * 100_000_000, output[1] * cost[1].Below);
            (sums[0], sums[1]) = (Add(sums[0], cost[0]), Add(sums[1], cost[1]));
        }

        // 1 − √(Σ C1 · Σ q0·c1 ÷ (Σ q1·c0 · Σ C0))
        var (above, below) = (sums[1].Above * projectedBase * sums[0].Below, projectedAfter * sums[0].Above * sums[1].Below);
        Assert.Equal(1 - Math.Sqrt((double)(above * BigInteger.Pow(10, 40) / below) / 1e40), real.Value!.Value, 1e-12);
    }

    [Fact]
    public void A_common_factor_of_all_indices_cancels()
    {
        var cells = RandomCost(new Random(9));
        var random = new Random(9);
        var prices = Months(_ => random.Next(700, 1_400) / 10m).ToArray();
        var large = prices.Select(static price => (price.Element, price.Month, price.Index * 100)).ToArray();
        Assert.Equal(Compute(cells, prices)[^1].Value!.Value, Compute(cells, large)[^1].Value!.Value, 1e-12);
    }

    private static PhaseFigure Real(CostCell[] cells, params (string? Element, string Month, decimal Index)[] prices) => Compute(cells, prices)[^1];

    private static IReadOnlyList<PhaseFigure> Compute(CostCell[] cells, params (string? Element, string Month, decimal Index)[] prices) =>
        CostReduction.Compute(
            Given(cost: cells) with { Prices = new PriceTable([.. prices.Select(static price => (price.Element, DateOnly.Parse(price.Month + "-01"), price.Index))]) },
            PhaseParts.All);

    private static CostCell[] RandomCost(Random random) =>
    [
        .. Enumerable.Range(0, 7).SelectMany(product => new[] { s_base, s_after }.SelectMany(day =>
        {
            var pieces = random.Next(1, 100_000) / 7m;
            return new[] { "material", "energy", "labour" }.Select(element => Cost(day, "L", $"P{product}", pieces, random.Next(1, 1_000_000_000) / 10_000m, element));
        })),
    ];

    private static IEnumerable<(string? Element, string Month, decimal Index)> Months(Func<int, decimal> index) =>
        from element in new[] { "material", "energy", "labour" }
        from month in new[] { "2024-01", "2024-02" }
        select ((string?)element, month, index(0));
}
