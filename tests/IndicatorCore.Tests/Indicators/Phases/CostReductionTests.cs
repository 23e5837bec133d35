using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Phases;
using static IndicatorCore.Tests.Indicators.Phases.PhaseData;

namespace IndicatorCore.Tests.Indicators.Phases;

public sealed class CostReductionTests
{
    private static readonly int s_base = Day("2024-01-05");
    private static readonly int s_after = Day("2024-02-05");

    private static IReadOnlyList<PhaseFigure> Compute(PhaseRequest request) => CostReduction.Compute(request, PhaseParts.All);

    private static CostCell[] W8(decimal afterX, decimal afterY) =>
    [
        Cost(s_base, "L", "X", 1000, 10_000), Cost(s_base, "L", "Y", 100, 5_000),
        Cost(s_after, "L", "X", 200, afterX), Cost(s_after, "L", "Y", 400, afterY),
    ];

    [Fact]
    public void W8a_Every_product_cheaper_is_a_reduction_though_the_pooled_cost_rises()
    {
        var figures = Compute(Given(cost: W8(1_800, 18_000)));
        Assert.Equal(
            ["cost_red", "cost_red.paasche", "cost_red.laspeyres", "cost_red.pooled", "cost_red.mix_effect", "cost_red.without_project_cost"],
            figures.Select(static figure => figure.Indicator));
        Assert.Equal(0.1, figures[0].Value!.Value, 1e-12);
        Assert.Equal(0.1, figures[1].Value);
        Assert.Equal(0.1, figures[2].Value);
        Assert.Equal(-1.42, figures[3].Value!.Value, 1e-12);
        Assert.Equal(-1.52, figures[4].Value!.Value, 1e-12);
        Assert.Equal(figures[0].Value, figures[5].Value);
        Assert.Equal(("19800", "22000"), (figures[1].Numerator.ToString(), figures[1].Denominator.ToString()));
        Assert.Equal(("13500", "15000"), (figures[2].Numerator.ToString(), figures[2].Denominator.ToString()));
        Assert.Equal(("21780000", "9000000"), (figures[3].Numerator.ToString(), figures[3].Denominator.ToString()));
        Assert.Equal(ResultFlags.Simpson | ResultFlags.PhasesGiven, figures[0].Flags);
    }

    [Fact]
    public void W8b_Structure_and_Simpson_are_flagged()
    {
        var figures = Compute(Given(cost: W8(1_600, 20_000)));
        Assert.Equal(0.0775526623, figures[0].Value!.Value, 1e-10);
        Assert.Equal(1 / 55.0, figures[1].Value);
        Assert.Equal(2 / 15.0, figures[2].Value);
        Assert.Equal(-1.64, figures[3].Value!.Value, 1e-12);
        Assert.Equal(ResultFlags.Simpson | ResultFlags.StructureChanged | ResultFlags.PhasesGiven, figures[0].Flags);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void W8c_A_missing_element_makes_its_product_unmatched(bool isRowPresent)
    {
        CostCell[] cells =
        [
            Cost(s_base, "L", "X", 1000, 10_000, "energy"), Cost(s_after, "L", "X", 200, 1_800, "energy"),
            Cost(s_base, "L", "Y", 100, 4_000, "labour"), Cost(s_base, "L", "Y", 100, 1_000, "energy"),
            Cost(s_after, "L", "Y", 400, 14_000, "labour"),
        ];
        var whole = Compute(Given(cost: isRowPresent ? [.. cells, Cost(s_after, "L", "Y", 400, null, "energy")] : cells))[0];
        Assert.Equal((ResultStatus.Suppressed, ResultReason.MatchedShareLow), (whole.Status, whole.Reason));
        Assert.Equal(2 / 3.0, whole.Addition("matched_share_base").Number);
        Assert.Equal(1_800 / 15_800.0, whole.Addition("matched_share_after").Number);
        Assert.Equal(isRowPresent ? 1 : 0, whole.Evidence.Missing);
        Assert.DoesNotContain(whole.Evidence.Additional, static pair => pair.Key == "input");
    }

    [Fact]
    public void Output_repeated_for_each_element_counts_once()
    {
        CostCell[] cells =
        [
            Cost(s_base, "L", "X", 100, 500, "labour"), Cost(s_base, "L", "X", 100, 500, "energy"),
            Cost(s_after, "L", "X", 100, 400, "labour"), Cost(s_after, "L", "X", null, 500, "energy"),
        ];
        Assert.Equal(0.1, Compute(Given(cost: cells))[1].Value);
    }

    [Fact]
    public void Credit_balances_and_idle_products_are_unmatched()
    {
        CostCell[] credit = [.. W8(1_800, 18_000), Cost(s_base, "L", "Z", 10, -1_000), Cost(s_after, "L", "Z", 10, 100)];
        var whole = Compute(Given(cost: credit))[0];
        Assert.Equal(0.1, whole.Value!.Value, 1e-12);
        Assert.Equal(15_000 / 16_000.0, whole.Addition("matched_share_base").Number);
        CostCell[] idle = [.. W8(1_800, 18_000), Cost(s_base, "L", "Z", 0, 1_000), Cost(s_after, "L", "Z", 10, 100)];
        Assert.Equal(0.1, Compute(Given(cost: idle))[0].Value!.Value, 1e-12);
    }

    [Fact]
    public void Project_cost_can_be_left_out()
    {
        CostCell[] cells = [.. W8(1_800, 18_000), Cost(s_after, "L", "X", 200, 100, null, project: true)];
        var figures = Compute(Given(cost: cells));
        Assert.Equal(2_100 / 22_000.0, figures[1].Value);
        Assert.Equal(0.1, figures[5].Value!.Value, 1e-12);
        Assert.True(figures[5] is { Numerator: null, Denominator: null, Low: null });
    }

    [Fact]
    public void Output_comes_from_production_where_the_ledger_has_none()
    {
        CostCell[] cost = [Cost(s_base, "L", "X", null, 1_000), Cost(s_after, "L", "X", null, 900)];
        ProductionCell[] made = [Made(s_base, "L", "X", 100, null, unit: "t"), Made(s_after, "L", "X", 100, null, unit: "t")];
        Assert.Equal(0.1, Compute(Given(made, cost))[1].Value);
        Assert.Equal(1, Compute(Given(made, cost))[0].Addition("n_days_base").Count);
        Assert.Equal(ResultReason.MatchedShareLow, Compute(Given([.. made, Made(s_after + 1, "L", "X", null, 1)], cost))[0].Reason);
        Assert.Equal(ResultReason.MatchedShareLow, Compute(Given(cost: cost))[0].Reason);
        var mixed = Compute(Given([.. made, Made(s_after + 1, "L", "X", 1, 1, unit: "piece")], cost));
        Assert.Equal((null, ResultReason.NoCommonUnit), (mixed[3].Value, mixed[3].Reason));
    }

    [Fact]
    public void Months_compare_with_the_same_months_a_year_earlier()
    {
        // Live on 2024-03-01: the after span starts on 03-31, so April to December count, with April to December 2023 before.
        var cells = Months("2023-01-01", 24, static month => month < 14 ? 1_000 : 900).ToArray();
        var request = Request(cost: cells) with { Profile = DefinitionProfile.CnNrA };
        var figures = Compute(request);
        Assert.Equal(0.1, figures[0].Value!.Value, 1e-12);
        Assert.Equal(ResultStatus.Published, figures[0].Status);
        Assert.Equal(("8100", "9000"), (figures[1].Numerator.ToString(), figures[1].Denominator.ToString()));
        Assert.Equal(18, figures[0].Evidence.Received);
        Assert.Equal(request.DayStart(Day("2023-04-01")), figures[0].Addition("baseline_start").Instant);
        Assert.Equal(request.DayStart(Day("2024-01-01")), figures[0].Addition("baseline_end").Instant);
        Assert.Equal(Span("2024-03-31", "2025-01-01"), figures[0].Span);
        Assert.Equal(["E-1"], figures[0].Addition("evidence_ids").Texts);
        Assert.Null(figures[0].Low);

        // A month without cost after has no counterpart before.
        var gap = Compute(request with { Cost = [.. cells.Where(static cell => cell.StartDay != Day("2024-06-01"))] });
        Assert.Equal(16, gap[0].Evidence.Received);

        // The same without period_end, by the profile.
        var byProfile = request with
        {
            Cost = [.. cells.Select(static cell => cell with { EndDay = null })],
            Profile = DefinitionProfile.CnNrA with { CostPeriodIsMonth = true },
        };
        PhaseComparison.AssertSame(figures, Compute(byProfile));

        // A period that the reference date or a window cuts does not count; three closed months are needed.
        var early = Compute(request with { ReferenceDay = Day("2024-06-30") })[0];
        Assert.Equal((ResultReason.TooFewMonths, 4), (early.Reason, early.Evidence.Received));
        var month = Compute(request with { Window = Span("2024-05-01", "2024-06-01"), IsCalendarWindow = true, Profile = DefinitionProfile.TestNoFloor })[0];
        Assert.Equal(0.1, month.Value!.Value, 1e-12);
        Assert.Equal(request.DayStart(Day("2023-05-01")), month.Addition("baseline_start").Instant);
    }

    [Fact]
    public void Daily_costs_have_an_interval_and_reasons_in_order()
    {
        var span = Span("2023-01-01", "2025-01-01");
        var cells = Enumerable.Range(span.Start, span.Days)
            .Select(static day => Cost(day, "L", "X", 10 + (day % 3), (day < Day("2024-03-01") ? 1_000 : 900) + (day % 5)))
            .ToArray();
        var request = Request(cost: cells) with { Profile = DefinitionProfile.CnNrA };
        var whole = Compute(request)[0];
        Assert.Equal(0.1, whole.Value!.Value, 0.01);
        Assert.InRange(whole.Value!.Value, whole.Low!.Value, whole.High!.Value);
        Assert.Equal(ResultReason.TooFewMonths, Compute(request with { ReferenceDay = Day("2024-05-01") })[0].Reason);
        var few = DefinitionProfile.CnNrA with { MinimumProductionDays = 300 };
        Assert.Equal(ResultReason.TooFewDays, Compute(request with { Profile = few })[0].Reason);
        Assert.Equal(ResultReason.TooFewWeeks, Compute(request with { Profile = few with { MinimumProductionDays = 28, MinimumProductionWeeks = 50 } })[0].Reason);
        var late = Compute(request with { Cost = [.. cells.Where(static cell => cell.StartDay >= Day("2023-12-10"))] })[0];
        Assert.Equal(ResultFlags.NoSeasonMatch, late.Flags);
    }

    [Fact]
    public void Reasons_follow_the_data_at_hand()
    {
        Assert.Equal(ResultReason.NoRegistry, Compute(Request(cost: W8(1, 1)) with { HasRegistry = false, GoLives = [] })[0].Reason);
        Assert.Equal(ResultReason.NoBaseline, Compute(Given(cost: W8(1, 1)[2..]))[0].Reason);
        Assert.Equal(ResultReason.NoBaseline, Compute(Request(cost: Months("2024-04-01", 9, static _ => 1)))[0].Reason);
        Assert.Equal(ResultReason.NoData, Compute(Given(cost: W8(1, 1)[..2]))[0].Reason);
        var tiny = Given(cost: [Cost(s_base, "L", "X", 1_000_000_000_000, 0.0001m), Cost(s_after, "L", "X", 0.000001m, 1)]);
        Assert.Equal(ResultReason.ZeroDenominator, Compute(tiny)[0].Reason);
    }

    private static IEnumerable<CostCell> Months(string first, int count, Func<int, decimal> amount)
    {
        var start = DateOnly.Parse(first);
        for (var month = 0; month < count; month++)
        {
            yield return Cost(
                Day(start.AddMonths(month).ToString("yyyy-MM-dd")), "L", "X", 100, amount(month), end: Day(start.AddMonths(month + 1).ToString("yyyy-MM-dd")));
        }
    }
}
