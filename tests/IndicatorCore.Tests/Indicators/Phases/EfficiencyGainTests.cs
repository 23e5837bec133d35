using System.Globalization;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Phases;
using IndicatorCore.Tests.Support;
using static IndicatorCore.Tests.Indicators.Phases.PhaseData;

namespace IndicatorCore.Tests.Indicators.Phases;

public sealed class EfficiencyGainTests
{
    private static readonly int s_base = Day("2024-01-05");
    private static readonly int s_after = Day("2024-02-05");

    private static IReadOnlyList<PhaseFigure> Compute(PhaseRequest request) => EfficiencyGain.Compute(request, PhaseParts.All);

    private static LinePhases? Find(string line, PhaseRequest request, Func<LocalDayRange, int> productionDays) =>
        PhaseSchedule.Find(request.GoLives.Where(goLive => goLive.Line == line), request, isSeasonal: false, productionDays);

    /// <summary>Quotients are rounded at 1e-12, so index values are exact to about that.</summary>
    private static double? Round(double? value) => value is { } known ? Math.Round(known, 11) : null;

    private static ProductionCell[] W7a(decimal? baseX = 900) =>
    [
        Made(s_base, "L", "X", baseX, 300), Made(s_base, "L", "Y", 100, 100),
        Made(s_after, "L", "X", 330, 100), Made(s_after, "L", "Y", 330, 300),
    ];

    [Fact]
    public void W7a_A_gain_in_every_product_is_a_gain_though_the_pooled_figure_falls()
    {
        var figures = Compute(Given(W7a()));
        Assert.Equal(
            ["eff_gain", "eff_gain.paasche", "eff_gain.laspeyres", "eff_gain.pooled", "eff_gain.mix_effect", "eff_gain.labour", "eff_gain.machine"],
            figures.Select(static figure => figure.Indicator));
        Assert.Equal(0.1, figures[0].Value!.Value, 1e-12);
        Assert.Null(figures[0].Numerator);
        Assert.Equal(0.1, figures[1].Value);
        Assert.Equal(0.1, figures[2].Value!.Value, 1e-12);
        Assert.Equal(-0.34, figures[3].Value);
        Assert.Equal(-0.44, figures[4].Value!.Value, 1e-12);
        Assert.Null(figures[4].Numerator);
        Assert.Equal(figures[0].Value, figures[5].Value);
        Assert.Equal("440", figures[1].Numerator.ToString());
        Assert.Equal("400", figures[1].Denominator.ToString());
        Assert.Equal("264000", figures[3].Numerator.ToString());
        Assert.Equal("400000", figures[3].Denominator.ToString());
        Assert.Equal(ResultFlags.Simpson | ResultFlags.PhasesGiven, figures[0].Flags);
        Assert.Equal(ResultStatus.PublishedWithWarning, figures[0].Status);
        Assert.All(figures, figure => Assert.True(figure.Flags.HasFlag(figures[0].Flags)));
        Assert.Equal(Span("2024-02-01", "2024-03-01"), figures[0].Span);
    }

    [Fact]
    public void W7b_Fisher_lies_between_and_ten_points_are_not_exceeded()
    {
        ProductionCell[] cells = [.. W7a()[..2], Made(s_after, "L", "X", 360, 100), Made(s_after, "L", "Y", 300, 300)];
        var figures = Compute(Given(cells));
        Assert.Equal(0.05, figures[1].Value);
        Assert.Equal(1 / 7.0, figures[2].Value!.Value, 1e-12);
        Assert.Equal(0.0954451150, figures[0].Value!.Value, 1e-10);
        Assert.Equal(-0.34, figures[3].Value);
        Assert.False(figures[0].Flags.HasFlag(ResultFlags.StructureChanged));
        Assert.True(figures[0].Flags.HasFlag(ResultFlags.Simpson));
    }

    [Theory]
    [InlineData(100, ResultStatus.PublishedWithWarning, null, 0.8)]
    [InlineData(200, ResultStatus.Suppressed, ResultReason.MatchedShareLow, 2 / 3.0)]
    internal void W7c_A_new_product_is_unmatched_input(int hours, ResultStatus status, ResultReason? reason, double share)
    {
        var figures = Compute(Given([.. W7a(), Made(s_after, "L", "Z", 50, hours)]));
        Assert.Equal(status, figures[0].Status);
        Assert.Equal(reason, figures[0].Reason);
        Assert.Equal(share, figures[0].Addition("matched_share_after").Number);
        Assert.Equal(1, figures[0].Addition("matched_share_base").Number);
        Assert.True(figures[0].Flags.HasFlag(ResultFlags.MatchedShareWarn));
        Assert.Equal(reason is null ? 0.1 : null, Round(figures[1].Value));
        Assert.Equal(reason is null ? 0.1 : null, Round(figures[2].Value));
        Assert.All(figures.Where(static figure => figure.Value is null), static figure => Assert.True(figure is { Numerator: null, Denominator: null }));
    }

    [Fact]
    public void W7d_A_missing_output_is_unmatched_and_not_zero()
    {
        var whole = Compute(Given(W7a(baseX: null)))[0];
        Assert.Equal(ResultReason.MatchedShareLow, whole.Reason);
        Assert.Equal(0.25, whole.Addition("matched_share_base").Number);
        Assert.Equal(3, whole.Evidence.Valid);
        Assert.Equal(1, whole.Evidence.Missing);
    }

    [Fact]
    public void W9_Each_line_has_its_own_phases()
    {
        var span = Span("2023-01-01", "2025-01-01");
        var request = Request([.. Daily(span, 10, 8, "1"), .. Daily(span, 10, 8, "2")]) with
        {
            GoLives = [new GoLive("1", Day("2024-03-01"), null), new GoLive("2", Day("2024-06-01"), null)],
        };
        var one = Find("1", request, static days => days.Days)!.Value;
        Assert.Equal(Span("2024-03-31", "2025-01-01"), one.After);
        Assert.Equal(276, one.After.Days);
        Assert.Equal(Span("2023-04-02", "2024-01-03"), one.Baseline);
        var two = Find("2", request, static days => days.Days)!.Value;
        Assert.Equal(Span("2024-07-01", "2025-01-01"), two.After);
        Assert.Equal(184, two.After.Days);
        Assert.Equal(Span("2023-07-03", "2024-01-03"), two.Baseline);
        Assert.False(two.After.Contains(Day("2024-04-10")) || two.Baseline.Contains(Day("2024-04-10")));

        var whole = Compute(request)[0];
        Assert.Equal(Span("2024-03-31", "2025-01-01"), whole.Span);
        Assert.Equal(2 * (276 + 184), whole.Evidence.Received);
        Assert.Equal(0, whole.Value);
        Assert.Equal(request.DayStart(Day("2023-04-02")), whole.Addition("baseline_start").Instant);
        Assert.Equal(ResultStatus.Published, whole.Status);
    }

    [Fact]
    public void W19_Three_days_give_no_interval()
    {
        ProductionCell[] cells =
        [
            .. new[] { 10, 12, 8 }.Select((pieces, day) => Made(s_base + day, "L", "X", pieces, 2)),
            .. new[] { 10, 12, 8 }.Select((pieces, day) => Made(s_after + day, "L", "X", pieces, 2)),
        ];
        var whole = Compute(Given(cells))[0];
        Assert.Equal(0, whole.Value);
        Assert.Null(whole.Low);
        Assert.Null(whole.High);
    }

    [Fact]
    public void W23_Groups_add_numerators_and_denominators()
    {
        // Factory A: 1,100 h for what took 1,000 h; factory B: 130 h for 100 h.
        ProductionCell[] cells =
        [
            Made(s_base, "A", "X", 100, 110), Made(s_after, "A", "X", 1000, 1000),
            Made(s_base, "B", "X", 100, 130), Made(s_after, "B", "X", 100, 100),
        ];
        var paasche = Compute(Given(cells))[1];
        Assert.Equal("1230", paasche.Numerator.ToString());
        Assert.Equal("1100", paasche.Denominator.ToString());
        Assert.Equal(130 / 1100.0, paasche.Value);
        Assert.Equal(
            ["A:3600000000000", "B:360000000000"],
            Compute(Given(cells))[0].MatchedByLine.Select(static share => $"{share.Line}:{share.Input}"));
    }

    [SkippableFact]
    public void W30_Real_garments_reverse_their_sign()
    {
        var cells = File.ReadLines(Shared.Require("data", "real", "dev", "garments_2015_janfeb15.csv")).Skip(1)
            .Select(static row => row.Split(','))
            .Where(static row => !row[0].EndsWith("1905", StringComparison.Ordinal))
            .Select(static row =>
            {
                var workers = decimal.Parse(row[13], CultureInfo.InvariantCulture);
                var day = DateOnly.ParseExact(row[0], "M/d/yyyy").DayNumber - new DateOnly(1970, 1, 1).DayNumber;
                return Made(day, row[4], row[2].Trim(), workers * decimal.Parse(row[14], NumberStyles.Float, CultureInfo.InvariantCulture), workers);
            })
            .ToArray();
        Assert.Equal(784, cells.Length);
        var figures = Compute(Request(cells) with
        {
            GoLives = [],
            GivenBaseline = Span("2015-01-01", "2015-02-01"),
            GivenAfter = Span("2015-02-01", "2015-02-16"),
            ReferenceDay = Day("2015-02-16"),
        });
        Assert.Equal(-0.017725998120179387, figures[0].Value!.Value, 1e-6);
        Assert.Equal(-0.005308841548600942, figures[1].Value!.Value, 1e-6);
        Assert.Equal(-0.029988145997839968, figures[2].Value!.Value, 1e-6);
        Assert.Equal(-0.006395352873812509, figures[3].Value!.Value, 1e-6);
        Assert.Equal(0.9901544453761056, figures[0].Addition("matched_share_base").Number!.Value, 1e-6);
        Assert.Equal(ResultFlags.PhasesGiven, figures[0].Flags);
    }

    [Fact]
    public void Without_registry_or_given_phases_there_is_no_figure()
    {
        var whole = Compute(Request(W7a()) with { HasRegistry = false, GoLives = [] })[0];
        Assert.Equal((ResultStatus.NotAvailable, ResultReason.NoRegistry), (whole.Status, whole.Reason));
        Assert.Null(whole.Span);
        Assert.Null(whole.Addition("n_days_base").Count);
        Assert.Equal((4, 4, 0), (whole.Evidence.Received, whole.Evidence.Valid, whole.Evidence.Missing));
    }

    [Fact]
    public void Without_output_in_the_baseline_there_is_no_baseline()
    {
        var given = Compute(Given(W7a()[2..]))[0];
        Assert.Equal(ResultReason.NoBaseline, given.Reason);
        Assert.Null(given.Span);
        Assert.Equal(ResultReason.NoBaseline, Compute(Request(Daily(Span("2024-04-01", "2025-01-01"), 1, 1)))[0].Reason);
        Assert.Equal(ResultReason.NoBaseline, Compute(Request())[0].Reason);
    }

    [Fact]
    public void Without_a_row_after_there_is_no_data() =>
        Assert.Equal(ResultReason.NoData, Compute(Given(W7a()[..2]))[0].Reason);

    [Fact]
    public void Phases_that_share_no_stratum_are_suppressed()
    {
        var figures = Compute(Given([Made(s_base, "L", "X", 1, 1), Made(s_after, "L", "Y", 1, 1)]));
        Assert.All(figures, static figure => Assert.Equal(ResultReason.MatchedShareLow, figure.Reason));
    }

    [Fact]
    public void A_requirement_that_rounds_to_nothing_is_a_zero_denominator()
    {
        var figures = Compute(Given([Made(s_base, "L", "X", 0.000001m, 1), Made(s_after, "L", "X", 1_000_000_000, 0.000001m)]));
        Assert.All(figures.Take(6), static figure => Assert.Equal(ResultReason.ZeroDenominator, figure.Reason));
    }

    [Fact]
    public void Different_units_leave_only_the_pooled_figure_without_value()
    {
        ProductionCell[] cells =
        [
            Made(s_base, "L", "X", 10, 1, unit: "t"), Made(s_after, "L", "X", 11, 1, unit: "t"),
            Made(s_base, "L", "Y", 10, 1, unit: "piece"), Made(s_after, "L", "Y", 11, 1, unit: "piece"),
        ];
        var figures = Compute(Given(cells));
        Assert.Equal(0.1, Round(figures[0].Value));
        Assert.Equal(0.1, Round(figures[1].Value));
        Assert.Equal((null, ResultReason.NoCommonUnit), (figures[3].Value, figures[3].Reason));
        Assert.Equal((null, ResultReason.NoCommonUnit), (figures[4].Value, figures[4].Reason));
        Assert.Equal(figures[0].Value, figures[5].Value);
    }

    [Fact]
    public void Machine_hours_serve_where_labour_covers_less_than_95_percent_of_output()
    {
        ProductionCell[] Cells(int without) =>
        [
            Made(s_base, "L", "X", 200 - without, 10, 5), Made(s_base, "L", "X", without, null, 5),
            Made(s_after, "L", "X", 100, 10, 5),
        ];
        Assert.Equal("labour", Compute(Given(Cells(15)))[0].Addition("input").Text);
        var figures = Compute(Given(Cells(16)));
        Assert.Equal("machine", figures[0].Addition("input").Text);
        Assert.Equal(figures.Part("eff_gain.machine").Value, figures[0].Value);
        Assert.Equal("labour", figures.Part("eff_gain.labour").Addition("input").Text);
    }

    [Fact]
    public void A_change_of_structure_is_flagged_above_ten_points()
    {
        var whole = Compute(Given([.. W7a()[..2], Made(s_after, "L", "X", 400, 100), Made(s_after, "L", "Y", 260, 300)]))[0];
        Assert.True(whole.Flags.HasFlag(ResultFlags.StructureChanged));
    }

    [Fact]
    public void Conflicts_are_flagged_and_counted()
    {
        var cells = W7a();
        cells[0] = cells[0] with { Conflicts = 2, Duplicates = 3 };
        var whole = Compute(Given(cells))[0];
        Assert.True(whole.Flags.HasFlag(ResultFlags.Conflict));
        Assert.Equal((9, 3, 2), (whole.Evidence.Received, whole.Evidence.Duplicates, whole.Evidence.Conflicts));
    }

    [Fact]
    public void A_season_without_production_falls_back_to_the_days_around_go_live()
    {
        var request = Request([.. Daily(Span("2023-12-01", "2025-01-01"), 10, 8)]);
        var phases = Find("L", request, static _ => 27)!.Value;
        Assert.Equal(Span("2023-11-02", "2024-01-31"), phases.Baseline);
        Assert.Equal(Span("2024-03-31", "2024-06-29"), phases.After);
        Assert.Equal(ResultFlags.NoSeasonMatch, phases.Flags);
        Assert.Equal(Day("2023-12-28"), Day("2024-12-26") - 364);
        var early = Find("L", request with { ReferenceDay = Day("2024-04-20") }, static _ => 100)!.Value;
        Assert.Equal(Span("2024-03-31", "2024-04-20"), early.After);
        Assert.Equal(ResultFlags.NoSeasonMatch, early.Flags);
        Assert.Null(Find("L", request with { ReferenceDay = Day("2024-03-31") }, static _ => 100));
        Assert.Null(Find("M", request, static _ => 100));
        var whole = Compute(request with { ReferenceDay = Day("2024-05-01") })[0];
        Assert.Equal(ResultFlags.NoSeasonMatch, whole.Flags);
        Assert.Equal(61, whole.Addition("n_days_base").Count);
    }

    [Fact]
    public void A_remodelled_line_uses_the_last_go_live_with_an_after_span()
    {
        var request = Request(Daily(Span("2022-01-01", "2025-01-01"), 10, 8));
        GoLive[] both = [new("L", Day("2023-06-01"), "old"), new("L", Day("2024-03-01"), "new"), new("L", Day("2024-03-01"), "also")];
        var whole = Compute(request with { GoLives = both })[0];
        Assert.Equal(ResultFlags.Remodelled, whole.Flags);
        Assert.Equal(["also", "new"], whole.Addition("evidence_ids").Texts);

        // Twenty days after the second go-live there is no after span of it yet, and its ramp ends the first one's.
        var early = Find("L", request with { GoLives = both, ReferenceDay = Day("2024-03-21") }, static _ => 28)!.Value;
        Assert.Equal(Span("2023-07-01", "2024-01-31"), early.After);
    }

    [Fact]
    public void An_after_span_is_at_most_304_days() =>
        Assert.Equal(
            304,
            Find("L", Request() with { ReferenceDay = Day("2026-01-01") }, static _ => 28)!.Value.After.Days);

    [Fact]
    public void A_calendar_window_compares_its_part_of_the_phase_with_364_days_earlier()
    {
        var cells = Daily(Span("2023-01-01", "2024-03-01"), 10, 10).Concat(Daily(Span("2024-03-01", "2025-01-01"), 12, 10));
        var request = Request(cells) with { Window = Span("2024-05-01", "2024-06-01"), IsCalendarWindow = true };
        var whole = Compute(request)[0];
        Assert.Equal(request.Window, whole.Span);
        Assert.Equal(0.2, Round(whole.Value));
        Assert.Equal((31, 31), (whole.Addition("n_days_base").Count, whole.Addition("n_days_after").Count));
        Assert.Equal(request.DayStart(Day("2023-05-03")), whole.Addition("baseline_start").Instant);

        var before = Compute(request with { Window = Span("2024-03-01", "2024-03-31") })[0];
        Assert.Equal(ResultReason.NoBaseline, before.Reason);
        Assert.Equal(Span("2024-03-01", "2024-03-31"), before.Span);

        // No fallback: a baseline month without output is none.
        var idle = Compute(request with { Production = [.. cells.Where(static cell => cell.Day >= Day("2023-07-01"))] })[0];
        Assert.Equal(ResultReason.NoBaseline, idle.Reason);

        // --from and --to: the same part, but the row covers the after span only.
        var part = Compute(request with { Window = Span("2024-03-01", "2024-06-01"), IsCalendarWindow = false })[0];
        Assert.Equal(Span("2024-03-31", "2024-06-01"), part.Span);
    }

    [Fact]
    public void Lines_without_go_live_or_baseline_do_not_contribute()
    {
        var cells = Daily(Span("2023-01-01", "2025-01-01"), 10, 10).ToArray();
        var alone = Compute(Request(cells));
        var others = Daily(Span("2023-01-01", "2025-01-01"), 99, 1, "M").Concat(Daily(Span("2024-03-31", "2025-01-01"), 99, 1, "N"));
        var request = Request([.. cells, .. others]);
        var together = Compute(request with { GoLives = [.. request.GoLives, new GoLive("N", Day("2024-03-01"), "unused")] });
        PhaseComparison.AssertSame(alone, together);
    }

    [Fact]
    public void Too_few_days_come_before_too_few_weeks_before_shares()
    {
        var profile = DefinitionProfile.CnNrA;
        ResultReason? Reason(IEnumerable<ProductionCell> cells, DefinitionProfile rules) => Compute(Given(cells) with { Profile = rules })[0].Reason;
        var january = Span("2024-01-01", "2024-02-01");
        var february = Span("2024-02-01", "2024-03-01");
        Assert.Null(Reason([.. Daily(january, 1, 1), .. Daily(february, 1, 1)], profile));
        Assert.Equal(ResultReason.TooFewDays, Reason([.. Daily(january, 1, 1), .. Daily(february with { End = february.End - 2 }, 1, 1)], profile));
        Assert.Equal(ResultReason.TooFewDays, Reason([.. Daily(january with { End = january.End - 4 }, 1, 1), .. Daily(february, 1, 1, product: "Y")], profile));

        var weeks = profile with { MinimumProductionDays = 2 };
        var monday = new LocalDayRange(Day("2024-02-05"), Day("2024-02-12"));
        Assert.Equal(ResultReason.TooFewWeeks, Reason([.. Daily(january, 1, 1), .. Daily(monday, 1, 1, product: "Y")], weeks));
        Assert.Null(Reason([.. Daily(january, 1, 1), .. Daily(monday with { Start = monday.Start - 1 }, 1, 1)], weeks));
        Assert.Equal(ResultReason.MatchedShareLow, Reason([.. Daily(january, 1, 1), .. Daily(february, 1, 1, product: "Y")], weeks));
    }

    [Fact]
    public void Suppressed_rows_keep_evidence_and_flags_in_order()
    {
        var whole = Compute(Given(W7a()) with { Profile = DefinitionProfile.CnNrA })[0];
        Assert.Equal(ResultStatus.Suppressed, whole.Status);
        Assert.Equal(ResultFlags.Simpson | ResultFlags.PhasesGiven, whole.Flags);
        Assert.Equal(
            ["profile", "input", "baseline_start", "baseline_end", "matched_share_base", "matched_share_after", "n_days_base", "n_days_after", "evidence_ids"],
            whole.Evidence.Additional.Select(static pair => pair.Key));
        Assert.Equal((s_base * NanosecondsPerDay, s_after * NanosecondsPerDay), (whole.Evidence.FirstTimestamp, whole.Evidence.LastTimestamp));
    }

    [Fact]
    public void Half_given_phases_are_misuse() =>
        Assert.Throws<ArgumentException>(() => Compute(Given() with { GivenAfter = null }));

    [Fact]
    public void Unwanted_parts_are_not_made() =>
        Assert.Equal(["eff_gain"], EfficiencyGain.Compute(Given(W7a()), PhaseParts.None).Select(static figure => figure.Indicator));
}
