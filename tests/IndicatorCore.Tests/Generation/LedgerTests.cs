using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Tests.Generation;

/// <summary>The ledgers against the worked examples: figures that somebody else reckoned.</summary>
public sealed class LedgerTests
{
    private static readonly DateOnly s_march = new(2024, 3, 1);

    [Fact]
    public void Distinct_key_devices_over_the_registry_as_in_W1()
    {
        var tiny = new TinyProvince();
        var factory = tiny.Factory("F1");
        var (first, second) = (tiny.Line(factory, "L1"), tiny.Line(factory, "L2"));
        var devices = "ABCD".Select(name => tiny.Device(first, $"{name}")).Concat("EF".Select(name => tiny.Device(second, $"{name}"))).ToList();
        var stranger = tiny.Device(null, "X");
        var ledger = new Ledger(tiny.Build());
        for (var day = 0; day < 30; day++)
        {
            // A and E on 24 days (the least for sustained), B on 23, C on one, D and F never; X every day.
            Report(ledger, devices[0], day, day < 24, times: 3);
            Report(ledger, devices[4], day, day >= 6);
            Report(ledger, devices[1], day, day < 23);
            Report(ledger, devices[2], day, day == 29);
            Report(ledger, devices[3], day, online: false);
            Report(ledger, stranger, day, online: true);
        }

        Assert.Equal(new NetworkingCount(6, 4, 2), ledger.Networking.Count([first, second]));
        Assert.Equal(new NetworkingCount(4, 3, 1), ledger.Networking.Count([first]));
        Assert.Equal(1, ledger.Networking.CountUnregistered());
    }

    [Fact]
    public void A_retired_device_leaves_the_denominator_as_in_W1b()
    {
        var tiny = new TinyProvince();
        var line = tiny.Line(tiny.Factory("F1"), "L1");
        var stays = tiny.Device(line, "A");
        var retires = tiny.Device(line, "D", TinyProvince.End - 5);
        var ledger = new Ledger(tiny.Build());
        Report(ledger, stays, 2, online: true);
        Report(ledger, retires, 2, online: true);
        Assert.Equal(new NetworkingCount(1, 1, 0), ledger.Networking.Count([line]));
    }

    [Fact]
    public void Samples_are_classified_as_in_W3()
    {
        var tiny = new TinyProvince();
        var line = tiny.Line(tiny.Factory("F1"), "L1");
        var device = tiny.Device(line, "A");
        var ledger = new Ledger(tiny.Build());
        Sample("c", "NR", Level.Of(-1049), Level.Of(50));
        Sample("c", "NR", Level.Of(-1050), Level.Of(-30));
        Sample("c", "NR", Level.Of(-1051), Level.Of(100));
        Sample("c", "NR", Level.Of(-900), Level.Of(-35));
        Sample("c", "NR", Level.Of(-800), Level.Null);
        Sample(null, null, Level.Null, Level.Null);
        Sample(null, "-", Level.Of(0), Level.Of(0));
        Sample("c", "NR", Level.NotANumber, Level.Of(50));
        Sample("c", "NR", Level.Of(-900), Level.Of(20_320));
        Sample("c", "LTE", Level.Of(-700), Level.Of(200));
        var count = ledger.Coverage.Of([line]);
        Assert.Equal((4, 2, 3, 2, 1), (count.Valid, count.Covered, count.Unserved, count.Missing, count.Invalid));
        var scope = new Scope("line", "L1", [line.Factory], [line]);
        var row = CoverageRows.Of(scope, floors: false, ledger, 0, TinyProvince.End).First();
        Assert.Equal((2.0 / 7, "2", "7"), (row.Value!.Value, row.Numerator, row.Denominator));
        row = CoverageRows.Of(scope, floors: true, ledger, 0, TinyProvince.End).First();
        Assert.Equal(("SUPPRESSED", "TOO_FEW_SAMPLES", null), (row.Status, row.Reason, row.Value));

        void Sample(string? cell, string? rat, Level rsrp, Level sinr) => ledger.Coverage.Add(
            new RadioRow { Device = device, EventTime = At(1), Cell = cell, Rat = rat, Rsrp = rsrp, Sinr = sinr }, hasCellColumn: true);
    }

    [Fact]
    public void Cells_are_measured_and_covered_as_in_W5()
    {
        var tiny = new TinyProvince();
        var factory = tiny.Factory("F1");
        var line = tiny.Line(factory, "L1");
        var device = tiny.Device(line, "A");
        var ledger = new Ledger(tiny.Build());
        Cell(0, 0, 100, 95);
        Cell(0, 1, 100, 94);
        Cell(1, 0, 4, 4);
        Cell(-1, 0, 9, 9);
        var scope = new Scope("factory", "F1", [factory], [line]);
        var rows = CoverageRows.Of(scope, floors: false, ledger, 0, TinyProvince.End).ToDictionary(static row => row.Indicator);
        Assert.Equal(("SUPPRESSED", "MEASURED_SHARE_LOW"), (rows["cov_grid"].Status, rows["cov_grid"].Reason));
        Assert.Null(rows["cov_grid"].Value);
        Assert.Equal((0.25, 0.75), (rows["cov_grid"].Low, rows["cov_grid"].High));
        Assert.Equal((0.5, "2", "4"), (rows["cov_grid.measured_share"].Value!.Value, rows["cov_grid.measured_share"].Numerator, rows["cov_grid.measured_share"].Denominator));
        Assert.Equal(("202", "213"), (rows["cov_sample"].Numerator, rows["cov_sample"].Denominator));
        Assert.Equal(1, ledger.Coverage.OutsidePlan);

        void Cell(int east, int north, int samples, int covered)
        {
            for (var i = 0; i < samples; i++)
            {
                ledger.Coverage.Add(
                    new RadioRow
                    {
                        Device = device,
                        EventTime = At(i % 30),
                        Cell = "c",
                        Rsrp = Level.Of(i < covered ? -900 : -1100),
                        Sinr = Level.Of(100),
                        EastCentimetres = (east * 1000) + 950,
                        NorthCentimetres = north * 1000,
                    },
                    hasCellColumn: true);
            }
        }
    }

    [Fact]
    public void Phases_follow_each_line_as_in_W9()
    {
        var tiny = new TinyProvince();
        var factory = tiny.Factory("F1");
        var reference = TinyProvince.End;
        var first = PhaseSpans.Of(tiny.Line(factory, "L1", s_march), reference)!;
        Assert.Equal((Day(2024, 3, 31), Day(2025, 1, 1)), first.After);
        Assert.Equal((Day(2023, 4, 2), Day(2024, 1, 3)), first.Baseline);
        var second = PhaseSpans.Of(tiny.Line(factory, "L2", new DateOnly(2024, 6, 1)), reference)!;
        Assert.Equal((Day(2024, 7, 1), Day(2025, 1, 1)), second.After);
        Assert.Equal((Day(2023, 7, 3), Day(2024, 1, 3)), second.Baseline);
        Assert.Equal(1, first.CostPhase(Month(2024, 4)));
        Assert.Equal(0, first.CostPhase(Month(2023, 4)));
        Assert.Null(first.CostPhase(Month(2024, 3)));
        Assert.Null(PhaseSpans.Of(tiny.Line(factory, "L3"), reference));
    }

    [Theory]
    [InlineData(330, 100, 330, 300, 0.1, "1.1", true)] // W7a
    [InlineData(360, 100, 300, 300, 0.09544511501033223, "1.05", true)] // W7b: E_P = 21/20
    public void Efficiency_is_adjusted_for_the_mix_as_in_W7(int x, int xHours, int y, int yHours, double gain, string paasche, bool simpson)
    {
        var tiny = new TinyProvince();
        var line = tiny.Line(tiny.Factory("F1"), "L1", s_march, "X", "Y");
        var ledger = new Ledger(tiny.Build());
        Make(ledger, line, 0, before: true, 900, 300);
        Make(ledger, line, 1, before: true, 100, 100);
        Make(ledger, line, 0, before: false, x, xHours);
        Make(ledger, line, 1, before: false, y, yHours);
        var rows = Efficiency(ledger, "line", line);
        Assert.Equal(gain, rows["eff_gain"].Value!.Value, 12);
        Assert.Equal(-0.34, rows["eff_gain.pooled"].Value!.Value, 15);
        Assert.Equal(simpson, rows["eff_gain"].Flags.Contains("SIMPSON"));
        Assert.DoesNotContain("STRUCTURE_CHANGED", rows["eff_gain"].Flags);

        // The after phase took 400 hours, so the numerator is 400 times E_P.
        Assert.Equal("400", rows["eff_gain.paasche"].Denominator);
        Assert.Equal(decimal.Parse(paasche) * 400, decimal.Parse(rows["eff_gain.paasche"].Numerator!));
        Assert.Equal(gain - -0.34, -rows["eff_gain.mix_effect"].Value!.Value, 12);
    }

    [Theory]
    [InlineData(100, "PUBLISHED_WITH_WARNING", null)] // W7c: 400/500 matched
    [InlineData(200, "SUPPRESSED", "MATCHED_SHARE_LOW")] // 400/600
    public void A_product_of_one_phase_is_unmatched_as_in_W7c(int hours, string status, string? reason)
    {
        var tiny = new TinyProvince();
        var line = tiny.Line(tiny.Factory("F1"), "L1", s_march, "X", "Y", "Z");
        var ledger = new Ledger(tiny.Build());
        Make(ledger, line, 0, before: true, 900, 300);
        Make(ledger, line, 1, before: true, 100, 100);
        Make(ledger, line, 0, before: false, 330, 100);
        Make(ledger, line, 1, before: false, 330, 300);
        Make(ledger, line, 2, before: false, 50, hours);
        var row = Efficiency(ledger, "line", line)["eff_gain"];
        Assert.Equal((status, reason), (row.Status, row.Reason));
    }

    [Fact]
    public void Factories_roll_up_by_sums_as_in_W23()
    {
        var tiny = new TinyProvince();
        var (a, b) = (tiny.Line(tiny.Factory("A"), "LA", s_march, "X"), tiny.Line(tiny.Factory("B"), "LB", s_march, "X"));
        var ledger = new Ledger(tiny.Build());
        Make(ledger, a, 0, before: true, 100, 100);
        Make(ledger, a, 0, before: false, 1100, 1000);
        Make(ledger, b, 0, before: true, 100, 100);
        Make(ledger, b, 0, before: false, 130, 100);
        var row = Efficiency(ledger, null, a, b)["eff_gain.paasche"];
        Assert.Equal(("1230", "1100"), (row.Numerator, row.Denominator));
        Assert.Equal(130.0 / 1100, row.Value);
    }

    [Fact]
    public void A_lost_output_keeps_its_input_unmatched_as_in_W7d()
    {
        var tiny = new TinyProvince();
        var line = tiny.Line(tiny.Factory("F1"), "L1", s_march, "X", "Y");
        var ledger = new Ledger(tiny.Build());
        Make(ledger, line, 0, before: true, null, 300);
        Make(ledger, line, 1, before: true, 100, 100);
        Make(ledger, line, 0, before: false, 330, 100);
        Make(ledger, line, 1, before: false, 330, 300);
        var row = Efficiency(ledger, "line", line)["eff_gain"];
        Assert.Equal(("SUPPRESSED", "MATCHED_SHARE_LOW", null), (row.Status, row.Reason, row.Value));
    }

    [Fact]
    public void Cost_is_adjusted_for_the_mix_as_in_W8()
    {
        var rows = Cost(1_800, 18_000);
        Assert.Equal(0.1, rows["cost_red"].Value!.Value, 15);
        Assert.Equal(-1.42, rows["cost_red.pooled"].Value!.Value, 15);
        Assert.Contains("SIMPSON", rows["cost_red"].Flags);

        rows = Cost(1_600, 20_000);
        Assert.Equal(1 / 55.0, rows["cost_red.paasche"].Value!.Value, 15);
        Assert.Equal(2 / 15.0, rows["cost_red.laspeyres"].Value!.Value, 15);
        Assert.Equal(0.0775526623, rows["cost_red"].Value!.Value, 10);
        Assert.Equal(-1.64, rows["cost_red.pooled"].Value!.Value, 15);
        Assert.Equal(["SIMPSON", "STRUCTURE_CHANGED"], rows["cost_red"].Flags);

        // W8c: an element of Y is not booked after; 10,000 of 15,000 matched.
        rows = Cost(1_800, 18_000, losesElement: true);
        Assert.Equal(("SUPPRESSED", "MATCHED_SHARE_LOW"), (rows["cost_red"].Status, rows["cost_red"].Reason));
    }

    [Fact]
    public void Rows_from_the_future_and_without_a_time_are_quarantined()
    {
        var clock = new EventClock();
        Assert.True(clock.Accept(1_000, 1_000 - 300_000));
        Assert.False(clock.Accept(1_000, 999 - 300_000));
        Assert.False(clock.Accept(null, 5));
        Assert.True(clock.Accept(10, null, 2_000));
        Assert.Equal((10, 2_000), (clock.First, clock.Last));
        Assert.Equal([new("FUTURE", 1), new("MISSING_TIME", 1)], clock.Quarantined);
    }

    private static Dictionary<string, ExpectedRow> Cost(int x, int y, bool losesElement = false)
    {
        var tiny = new TinyProvince();
        var line = tiny.Line(tiny.Factory("F1"), "L1", s_march, "X", "Y");
        var ledger = new Ledger(tiny.Build());
        Make(ledger, line, 0, before: true, 1_000, 1);
        Make(ledger, line, 1, before: true, 100, 1);
        Make(ledger, line, 0, before: false, 200, 1);
        Make(ledger, line, 1, before: false, 400, 1);
        Book(0, Month(2023, 6), "material", 10_000);
        Book(1, Month(2023, 6), "material", 4_000);
        Book(1, Month(2023, 6), "energy", 1_000);
        Book(0, Month(2024, 6), "material", x);
        Book(1, Month(2024, 6), "material", y - 1_000);
        if (!losesElement)
        {
            Book(1, Month(2024, 6), "energy", 1_000);
        }

        var scope = new Scope("line", line.Id, [line.Factory], [line]);
        return PhaseRows.Of("cost_red", scope, floors: false, CostSums.Of(scope, ledger)).ToDictionary(static row => row.Indicator);

        void Book(int product, int month, string element, int yuan) => ledger.Cost.Add(new CostRow
        {
            Line = line,
            Product = line.Products[product],
            Month = month,
            Element = element,
            Fen = yuan * 100L,
        });
    }

    private static Dictionary<string, ExpectedRow> Efficiency(Ledger ledger, string? key, params LineModel[] lines)
    {
        var scope = new Scope(key, key is null ? null : lines[0].Id, [.. lines.Select(static line => line.Factory)], lines);
        return PhaseRows.Of("eff_gain", scope, floors: false, EfficiencySums.Of(scope, ledger)).ToDictionary(static row => row.Indicator);
    }

    // Spreads a quantity over 50 days in June and July, so that the same-season spans have their production days.
    private static void Make(Ledger ledger, LineModel line, int product, bool before, int? pieces, int hours)
    {
        for (var i = 0; i < 50; i++)
        {
            ledger.Production.Add(new ProductionRow
            {
                Line = line,
                Product = line.Products[product],
                Start = LocalCalendar.Midnight(Day(before ? 2023 : 2024, 6, 1) + (i % 30)),
                HasGood = pieces is not null,
                GoodMilli = pieces.GetValueOrDefault() * 20,
                LabourTwentieths = i % 5 == 0 ? hours * 2 : 0,
            });
        }
    }

    private static void Report(Ledger ledger, DeviceModel device, int day, bool online, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            ledger.Networking.Add(device, At(day) + i, online, "nr");
        }
    }

    private static long At(int day) => LocalCalendar.Midnight(TinyProvince.End - 30 + day) + 1_000;

    private static int Day(int year, int month, int day) => LocalCalendar.Day(new DateOnly(year, month, day));

    private static int Month(int year, int month) => (year * 12) + month - 1;
}
