using System.Globalization;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>The worked examples by their numbers, from Arrow bytes to result rows.</summary>
public sealed class WorkedExamplesTests
{
    private static readonly (TimeBound From, TimeBound To) s_january = (TimeBound.Parse("2024-01-01"), TimeBound.Parse("2024-02-01"));
    private static readonly (TimeBound From, TimeBound To) s_february = (TimeBound.Parse("2024-02-01"), TimeBound.Parse("2024-03-01"));

    private static IndicatorQuery Phases(string indicator) => Reports.NoFloor with
    {
        Select = [indicator],
        Window = Window.Default,
        Baseline = s_january,
        After = s_february,
    };

    private static IndicatorRegistry TwoLines => Registries.Of("L1: A B C D", "L2: E F");

    private static IndicatorQuery Networking(IndicatorRegistry registry) => Reports.NoFloor with { Registry = registry, Select = ["knr"] };

    [Fact]
    public void W1_networking_counts_distinct_key_devices_over_the_registry()
    {
        var report = Reports.Of(Networking(TwoLines), FirstDay(), SecondDay());
        Assert.Equal("4/6", report.Row("knr").Fraction());
        Assert.Equal("2/6", report.Row("knr.sustained").Fraction());
        Assert.Equal(2.0 / 3, report.Row("knr").Value);
        var unregistered = report.Row("n_unregistered");
        Assert.Equal(("1/", 1.0, "UNREGISTERED_DEVICES"), (unregistered.Fraction(), unregistered.Value, unregistered.FlagText()));
        Assert.Equal(503 + 4, report.Row("knr").Evidence!.Received);

        var byDay = Reports.Of(Networking(TwoLines) with { Window = Window.Day }, FirstDay(), SecondDay());
        Assert.Equal(["3/6", "3/6"], byDay.RowsOf("knr").Select(Reports.Fraction));
        var byLine = Reports.Of(Networking(TwoLines) with { GroupBy = ["line"] }, FirstDay(), SecondDay());
        Assert.Equal("3/4", byLine.Row("knr", "line=L1").Fraction());
        Assert.Equal("1/2", byLine.Row("knr", "line=L2").Fraction());
    }

    [Fact]
    public void W1_states_merge_in_either_order_and_twice()
    {
        var together = Reports.Of(Networking(TwoLines), FirstDay(), SecondDay());
        foreach (var order in new[] { "12", "21", "121", "1221" })
        {
            using var merged = new IndicatorEngine(Networking(TwoLines));
            foreach (var day in order)
            {
                using var part = Reports.Engine(merged.Query, day == '1' ? FirstDay() : SecondDay());
                merged.Merge(part);
            }

            Reports.AssertSame(together, merged.Finish());
            Assert.Equal(order.Length - 2, merged.Finish().Manifest.ReplayedInputs);
        }
    }

    [Fact]
    public void W1b_a_device_retired_before_the_window_ends_leaves_the_denominator()
    {
        var registry = TwoLines with
        {
            Devices = [.. TwoLines.Devices.Select(static device => device.Device == "D" ? device with { Valid = new DayBounds(null, new DateOnly(2024, 3, 2)) } : device)],
        };
        Assert.Equal("4/5", Reports.Of(Networking(registry), FirstDay(), SecondDay()).Row("knr").Fraction());
    }

    [Fact]
    public void W1c_a_device_that_moved_counts_once_where_it_stands_at_the_end()
    {
        var registry = TwoLines with
        {
            Devices =
            [
                .. TwoLines.Devices.Where(static device => device.Device != "F"),
                Registries.Device("F", "L2", to: "2024-03-02"),
                Registries.Device("F", "L1", from: "2024-03-02"),
            ],
        };
        var seen = ExportBuilder.Connectivity().Row("2024-03-01 23:00", "F", "nr").Row("2024-03-02 01:00", "F", "nr");
        var report = Reports.Of(Networking(registry) with { GroupBy = ["line", "factory"] }, FirstDay(), SecondDay(), seen);
        Assert.Equal("4/5", report.Row("knr", "line=L1").Fraction());
        Assert.Equal("1/1", report.Row("knr", "line=L2").Fraction());
        Assert.Equal("5/6", report.Row("knr", "factory=F1").Fraction());
    }

    [Fact]
    public void W3_every_sample_has_the_class_that_the_table_gives_it()
    {
        var query = Reports.NoFloor with { Select = ["cov_sample"] };
        var row = Reports.Of(query, Samples()).Row("cov_sample");
        Assert.Equal("2/7", row.Fraction());
        Assert.Equal(2.0 / 7, row.Value);
        Assert.Equal("PUBLISHED", row.StatusText());
        var evidence = row.Evidence!;
        Assert.Equal((10, 4, 3, 2, 1), (evidence.Received, evidence.Valid, evidence.Unserved, evidence.Missing, evidence.Invalid));

        var strict = Reports.Of(query with { Profile = DefinitionProfile.CnNrA }, Samples()).Row("cov_sample");
        Assert.Equal("SUPPRESSED(TOO_FEW_SAMPLES)", strict.StatusText());
        Assert.Equal((null, null, null), (strict.Value, strict.Numerator, strict.Denominator));
        Assert.Equal(4, strict.Evidence!.Valid);
    }

    [Theory]
    [InlineData(52, 41, 1)]
    [InlineData(51, 41, 0)]
    [InlineData(52, 40, 0)]
    [InlineData(51, 40, 0)]
    public void W4_report_indices_are_judged_on_their_lower_edge(int rsrp, int sinr, int covered)
    {
        var source = SourceProfile.Parse(
            """{ "table": "radio", "columns": { "rsrp_dbm": { "unit": "index" }, "sinr_db": { "unit": "index" } } }""", "test");
        foreach (var type in new[] { ArrowType.Int(16), ExportBuilder.Number, ArrowType.Decimal128(10, 2) })
        {
            var export = ExportBuilder.Table("radio").Time("event_ts").Column("rsrp_dbm", type).Column("sinr_db", type)
                .Row("2024-03-01 08:00", rsrp, sinr);
            Assert.Equal($"{covered}/1", Reports.Of(Reports.NoFloor with { Source = source, Select = ["cov_sample"] }, export).Row("cov_sample").Fraction());
        }
    }

    [Fact]
    public void W5_cells_are_measured_and_covered_after_everything_is_merged()
    {
        var query = Reports.NoFloor with { Registry = Grid(), GroupBy = ["factory"], Select = ["cov_grid", "cov_sample"] };
        var report = Reports.Of(query, Walk());
        var grid = report.Row("cov_grid", "factory=F1");
        Assert.Equal("SUPPRESSED(MEASURED_SHARE_LOW)", grid.StatusText());
        Assert.Equal((null, 0.25, 0.75), (grid.Value, grid.Low, grid.High));
        Assert.Equal("2/4", report.Row("cov_grid.measured_share", "factory=F1").Fraction());
        Assert.Equal(0.5, report.Row("cov_grid.measured_share", "factory=F1").Value);
        var sample = report.Row("cov_sample", "factory=F1");
        Assert.Equal("193/204", sample.Fraction());
        Assert.Equal(0.9461, sample.Value!.Value, 4);

        // two batches with three samples each, none of which measures the cell alone
        ExportBuilder Three(string time) => Radio().Times(3, time, "F1", -80.0, 10.0, 15.0, 5.0);
        foreach (var asFiles in new[] { false, true })
        {
            using var engine = Reports.Engine(query, Three("2024-03-01 08:00"));
            if (asFiles)
            {
                Reports.Read(engine, Three("2024-03-01 09:00"));
            }
            else
            {
                using var other = Reports.Engine(query, Three("2024-03-01 09:00"));
                engine.Merge(other);
            }

            var merged = engine.Finish().Row("cov_grid.measured_share", "factory=F1");
            Assert.Equal("1/4", merged.Fraction());
            Assert.Equal(0.25, engine.Finish().Row("cov_grid", "factory=F1").Low);
        }
    }

    [Fact]
    public void W5_a_negative_coordinate_lies_in_the_cell_below()
    {
        var registry = Grid() with { GridCells = Registries.Cells("F1", (-1, 0)) };
        var report = Reports.Of(
            Reports.NoFloor with { Registry = registry, GroupBy = ["factory"], Select = ["cov_grid"] },
            Radio().Times(5, "2024-03-01 08:00", "F1", -80.0, 10.0, -0.5, 5.0));
        Assert.Equal("1/1", report.Row("cov_grid", "factory=F1").Fraction());
        Assert.Equal(0, report.Manifest.CellsOutsidePlan);
    }

    [Fact]
    public void W7a_a_mix_shift_does_not_pass_for_a_loss()
    {
        var report = Reports.Of(Phases("eff_gain"), Made(("X", 900, 300, 330, 100), ("Y", 100, 100, 330, 300)));
        var gain = report.Row("eff_gain");
        Assert.Equal(0.1, gain.Value!.Value, 12);
        Assert.Equal((null, null), (gain.Numerator, gain.Denominator));
        Assert.Equal("PHASES_GIVEN SIMPSON", gain.FlagText());
        Assert.Equal(("440/400", 0.1), (report.Row("eff_gain.paasche").Fraction(), report.Row("eff_gain.paasche").Value));
        Assert.Equal(0.1, report.Row("eff_gain.laspeyres").Value!.Value, 12);   // quotients are rounded at 1e-12
        Assert.Equal(-0.34, report.Row("eff_gain.pooled").Value!.Value, 12);
        Assert.Equal(-0.44, report.Row("eff_gain.mix_effect").Value!.Value, 12);
        Assert.Null(report.Row("eff_gain.mix_effect").Numerator);
    }

    [Fact]
    public void W7b_paasche_and_laspeyres_may_differ()
    {
        var report = Reports.Of(Phases("eff_gain"), Made(("X", 900, 300, 360, 100), ("Y", 100, 100, 300, 300)));
        Assert.Equal(0.05, report.Row("eff_gain.paasche").Value!.Value, 12);
        Assert.Equal(1.0 / 7, report.Row("eff_gain.laspeyres").Value!.Value, 12);
        Assert.Equal(0.0954451150103322, report.Row("eff_gain").Value!.Value, 12);
        Assert.Equal(-0.34, report.Row("eff_gain.pooled").Value!.Value, 12);
        Assert.DoesNotContain("STRUCTURE_CHANGED", report.Row("eff_gain").FlagText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 0.8, "PUBLISHED_WITH_WARNING")]
    [InlineData(200, 2.0 / 3, "SUPPRESSED(MATCHED_SHARE_LOW)")]
    public void W7c_a_stratum_of_one_phase_only_lowers_the_matched_share(int hours, double share, string status)
    {
        var report = Reports.Of(Phases("eff_gain"), Made(("X", 900, 300, 330, 100), ("Y", 100, 100, 330, 300), ("Z", null, null, 50, hours)));
        var gain = report.Row("eff_gain");
        Assert.Equal(status, gain.StatusText());
        Assert.Equal(share.ToString("R", CultureInfo.InvariantCulture), gain.Evidence("matched_share_after"));
        Assert.Equal("1", gain.Evidence("matched_share_base"));
        Assert.Contains("MATCHED_SHARE_WARN", gain.FlagText(), StringComparison.Ordinal);
        foreach (var value in new[] { gain.Value, report.Row("eff_gain.paasche").Value, report.Row("eff_gain.laspeyres").Value })
        {
            Assert.Equal(hours == 100, value is not null);
            Assert.Equal(0.1, value ?? 0.1, 12);
        }
    }

    [Fact]
    public void W7d_a_missing_quantity_is_unmatched_and_not_zero()
    {
        var export = ExportBuilder.Production()
            .Row("2024-01-10 08:00", "L1", "X", null, 300).Row("2024-01-10 08:00", "L1", "Y", 100, 100)
            .Row("2024-02-10 08:00", "L1", "X", 330, 100).Row("2024-02-10 08:00", "L1", "Y", 330, 300);
        var gain = Reports.Of(Phases("eff_gain"), export).Row("eff_gain");
        Assert.Equal("SUPPRESSED(MATCHED_SHARE_LOW)", gain.StatusText());
        Assert.Equal("0.25", gain.Evidence("matched_share_base"));
        Assert.Equal(1, gain.Evidence!.Missing);
    }

    [Fact]
    public void W8_cost_reduction_is_per_product()
    {
        var report = Reports.Of(Phases("cost_red"), Spent(1800, 18000));
        Assert.Equal(0.1, report.Row("cost_red").Value!.Value, 12);
        Assert.Equal(0.1, report.Row("cost_red.paasche").Value!.Value, 12);
        Assert.Equal(0.1, report.Row("cost_red.laspeyres").Value!.Value, 12);
        Assert.Equal(-1.42, report.Row("cost_red.pooled").Value!.Value, 12);
        Assert.Equal("19800/22000", report.Row("cost_red.paasche").Fraction());
    }

    [Fact]
    public void W8b_a_changed_structure_is_flagged()
    {
        var report = Reports.Of(Phases("cost_red"), Spent(1600, 20000));
        Assert.Equal(1.0 / 55, report.Row("cost_red.paasche").Value!.Value, 12);
        Assert.Equal(2.0 / 15, report.Row("cost_red.laspeyres").Value!.Value, 12);
        Assert.Equal(0.0775526623, report.Row("cost_red").Value!.Value, 10);
        Assert.Equal(-1.64, report.Row("cost_red.pooled").Value!.Value, 12);
        Assert.Equal("PHASES_GIVEN SIMPSON STRUCTURE_CHANGED", report.Row("cost_red").FlagText());
    }

    [Fact]
    public void W8c_a_missing_cost_element_is_no_saving()
    {
        foreach (var isNull in new[] { false, true })
        {
            var export = ExportBuilder.Cost()
                .Row("2024-01-10 08:00", "L1", "X", "material", 10000, 1000)
                .Row("2024-01-10 08:00", "L1", "Y", "material", 3000, 100).Row("2024-01-10 08:00", "L1", "Y", "energy", 2000, 100)
                .Row("2024-02-10 08:00", "L1", "X", "material", 1800, 200)
                .Row("2024-02-10 08:00", "L1", "Y", "material", 12000, 400);
            if (isNull)
            {
                export.Row("2024-02-10 08:00", "L1", "Y", "energy", null, 400);
            }

            var row = Reports.Of(Phases("cost_red"), export).Row("cost_red");
            Assert.Equal("SUPPRESSED(MATCHED_SHARE_LOW)", row.StatusText());
            Assert.Equal((2.0 / 3).ToString("R", CultureInfo.InvariantCulture), row.Evidence("matched_share_base"));
        }
    }

    [Fact]
    public void W9_each_line_has_the_phases_of_its_own_go_live()
    {
        var registry = Registries.Of("L1:", "L2:") with { Lines = [Registries.Line("L1", "2024-03-01"), Registries.Line("L2", "2024-06-01")] };
        var query = Reports.NoFloor with
        {
            Registry = registry,
            GroupBy = ["line", "factory"],
            Select = ["eff_gain"],
            Window = Window.Default,
            AsOf = DateTimeOffset.Parse("2025-01-01T00:00:00+08:00", CultureInfo.InvariantCulture),
        };
        var export = ExportBuilder.Production();
        for (var day = new DateTime(2023, 1, 1); day.Year < 2025; day = day.AddDays(1))
        {
            export.Row(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "L1", "X", day.Year < 2024 ? 10 : 11, 2);
            export.Row(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "L2", "X", day.Year < 2024 ? 10 : 12, 2);
        }

        var report = Reports.Of(query, export);
        var first = report.Row("eff_gain", "line=L1");
        Assert.Equal("2024-03-31..2025-01-01", first.WindowText());
        Assert.Equal(("2023-04-02", "2024-01-03"), (first.Evidence("baseline_start"), first.Evidence("baseline_end")));
        var second = report.Row("eff_gain", "line=L2");
        Assert.Equal("2024-07-01..2025-01-01", second.WindowText());
        Assert.Equal(("2023-07-03", "2024-01-03"), (second.Evidence("baseline_start"), second.Evidence("baseline_end")));
        Assert.Equal(("276", "184"), (first.Evidence("n_days_after"), second.Evidence("n_days_after")));
        Assert.Equal("2024-03-31..2025-01-01", report.Row("eff_gain", "factory=F1").WindowText());

        // a record of line 2 on 2024-04-10 is in no phase, and no calendar date of line 1 puts it into one
        export.Row("2024-04-10", "L2", "X", 1_000_000, 1);
        var with = Reports.Of(query, export);
        Assert.Equal(second.Value, with.Row("eff_gain", "line=L2").Value);
        Assert.Equal(report.Row("eff_gain", "factory=F1").Value, with.Row("eff_gain", "factory=F1").Value);
    }

    [Fact]
    public void W17_a_record_belongs_to_its_local_day()
    {
        var export = ExportBuilder.Energy().Row("2024-03-04T16:30:00Z", 2.5);
        var row = Assert.Single(Reports.Of(Reports.NoFloor with { Window = Window.Day }, export).RowsOf("energy_kwh"));
        Assert.Equal("2024-03-05..2024-03-06", row.WindowText());
        var utc = Reports.Of(Reports.NoFloor with { Window = Window.Day, TimeZone = "UTC" }, export).Row("energy_kwh");
        Assert.Equal(Reports.Nanoseconds("2024-03-04T00:00:00Z"), utc.WindowStart);
    }

    [Fact]
    public void W17b_powers_are_averaged_and_levels_are_not()
    {
        var export = ExportBuilder.Table("radio").Time("event_ts").Numbers("rsrp_dbm", "sinr_db")
            .Row("2024-03-01 08:00", -70.0, 10.0).Row("2024-03-01 08:01", -100.0, 10.0).Row("2024-03-01 08:02", double.NaN, 10.0);
        var row = Reports.Of(Reports.NoFloor with { Select = ["rsrp_mean"] }, export).Row("rsrp_mean");
        Assert.Equal((-73.006, "dBm", "/", 1L), (Math.Round(row.Value!.Value, 3), row.Unit, row.Fraction(), row.Evidence!.Missing));
    }

    [Fact]
    public void W5_the_covered_area_is_the_covered_cells()
    {
        var query = Reports.NoFloor with { Registry = Grid(), GroupBy = ["factory"], Select = ["cov_area_m2"] };
        Assert.Equal("SUPPRESSED(MEASURED_SHARE_LOW)", Reports.Of(query, Walk()).Row("cov_area_m2", "factory=F1").StatusText());
        var row = Reports.Of(query with { Profile = Reports.NoFloor.Profile with { MeasuredSharePercent = 50 } }, Walk()).Row("cov_area_m2", "factory=F1");
        Assert.Equal((100.0, 100.0, 300.0, "m²"), (row.Value, row.Low, row.High, row.Unit));
    }

    [Fact]
    public void W17_the_stamp_00_00_that_is_written_last_in_the_day_closes_it()
    {
        var source = SourceProfile.Parse("""{ "zone": "Asia/Shanghai", "stamp": "end", "interval": "15min", "midnight_stamp": "labelled_day" }""", "test");
        var export = ExportBuilder.Energy().Row("2018-01-01 00:15", 1).Row("2018-01-01 23:45", 2).Row("2018-01-01 00:00", 4);
        var hours = Reports.Of(Reports.NoFloor with { Source = source, Window = Window.Hour }, export).RowsOf("energy_kwh").Where(static row => row.Value > 0);
        Assert.Equal(
            ["2018-01-01..2018-01-01 01:00:00 1", "2018-01-01 23:00:00..2018-01-02 6"], hours.Select(static row => $"{row.WindowText()} {row.Value}"));
    }

    [Theory]
    [InlineData(2374, 0)]
    [InlineData(2375, 1)]
    public void W18_thresholds_are_judged_on_the_unrounded_share(int coveredSamples, int covered)
    {
        var export = Radio().Times(coveredSamples, "2024-03-01 08:00", "F1", -80.0, 10.0, 5.0, 5.0)
            .Times(2500 - coveredSamples, "2024-03-01 08:00", "F1", -120.0, 10.0, 5.0, 5.0);
        var registry = Grid() with { GridCells = Registries.Cells("F1", (0, 0)) };
        var query = Reports.NoFloor with { Registry = registry, GroupBy = ["factory"], Select = ["cov_grid", "cov_sample"] };
        var report = Reports.Of(query, export);
        Assert.Equal($"{covered}/1", report.Row("cov_grid", "factory=F1").Fraction());
        Assert.Equal("95.0 %", ResultPresentation.Percent(report.Row("cov_sample", "factory=F1").Value!.Value));
    }

    [Theory]
    [InlineData(9465, "94.6 %")]
    [InlineData(9475, "94.8 %")]
    [InlineData(9496, "95.0 %")]
    public void W18_tables_round_half_to_even(int covered, string shown)
    {
        var export = ExportBuilder.Table("radio").Time("event_ts").Numbers("rsrp_dbm", "sinr_db")
            .Times(covered, "2024-03-01 08:00", -80.0, 10.0).Times(10_000 - covered, "2024-03-01 08:00", -120.0, 10.0);
        Assert.Equal(shown, ResultPresentation.Percent(Reports.Of(Reports.NoFloor with { Select = ["cov_sample"] }, export).Row("cov_sample").Value!.Value));
    }

    [Fact]
    public void W23_a_group_is_the_ratio_of_sums_and_no_mean_of_gains()
    {
        var registry = Registries.Of("A1:", "B1:") with
        {
            Factories = [Registries.Factory("A"), Registries.Factory("B")],
            Lines = [Registries.Line("A1", factory: "A"), Registries.Line("B1", factory: "B")],
        };
        var export = ExportBuilder.Production()
            .Row("2024-01-10 08:00", "A1", "X", 1000, 1000).Row("2024-02-10 08:00", "A1", "X", 1100, 1000)
            .Row("2024-01-10 08:00", "B1", "X", 100, 100).Row("2024-02-10 08:00", "B1", "X", 130, 100);
        var query = Phases("eff_gain") with { Registry = registry, GroupBy = ["province", "factory"] };
        var report = Reports.Of(query, export);
        var paasche = report.Row("eff_gain.paasche", "province=辽宁");
        Assert.Equal("1230/1100", paasche.Fraction());
        Assert.Equal(130.0 / 1100, paasche.Value!.Value, 15);
        Assert.Equal(0.1, report.Row("eff_gain.paasche", "factory=A").Value);
        Assert.Equal(0.3, report.Row("eff_gain.paasche", "factory=B").Value);
    }

    [Fact]
    public void W25_no_key_device_is_no_hundred_percent()
    {
        var registry = TwoLines with { Devices = [.. TwoLines.Devices.Select(static device => device with { IsKey = false })] };
        var row = Reports.Of(Networking(registry), FirstDay()).Row("knr");
        Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", row.StatusText());
        Assert.Equal((null, null, null), (row.Value, row.Numerator, row.Denominator));
    }

    [Fact]
    public void W25_samples_that_are_all_nan_have_no_share()
    {
        var export = ExportBuilder.Table("radio").Time("event_ts").Numbers("rsrp_dbm", "sinr_db").Times(7, "2024-03-01 08:00", double.NaN, double.NaN);
        var row = Reports.Of(Reports.NoFloor, export).Row("cov_sample");
        Assert.Equal("NOT_AVAILABLE(ZERO_DENOMINATOR)", row.StatusText());
        Assert.Equal((7, 7, 0), (row.Evidence!.Received, row.Evidence.Missing, row.Evidence.Valid));
    }

    [Fact]
    public void W25_an_empty_batch_changes_nothing()
    {
        var query = Reports.NoFloor with { Registry = TwoLines };
        Reports.AssertSame(
            Reports.Of(query, Samples(), FirstDay()),
            Reports.Of(query, Samples().NextBatch(), ExportBuilder.Radio(), FirstDay(), ExportBuilder.Connectivity().NextBatch()));
    }

    private static ExportBuilder FirstDay() => ExportBuilder.Connectivity()
        .Times(500, "2024-03-01 08:00", "A", "nr").Row("2024-03-01 09:00", "B", "nr").Row("2024-03-01 10:00", "E", "lte").Row("2024-03-01 11:00", "E", "lte");

    private static ExportBuilder SecondDay() => ExportBuilder.Connectivity()
        .Row("2024-03-02 08:00", "A", "nr").Row("2024-03-02 08:00", "C", "nr").Row("2024-03-02 08:00", "E", "nr").Row("2024-03-02 08:00", "X", "nr");

    private static ExportBuilder Samples() => ExportBuilder.Radio()
        .Row("2024-03-01 08:00:01", "c", "NR", -104.9, 5)
        .Row("2024-03-01 08:00:02", "c", "NR", -105, -3)
        .Row("2024-03-01 08:00:03", "c", "NR", -105.1, 10)
        .Row("2024-03-01 08:00:04", "c", "NR", -90, -3.5)
        .Row("2024-03-01 08:00:05", "c", "NR", -80, null)
        .Row("2024-03-01 08:00:06", null, null, null, null)
        .Row("2024-03-01 08:00:07", null, "-", 0, 0)
        .Row("2024-03-01 08:00:08", "c", "NR", double.NaN, 5)
        .Row("2024-03-01 08:00:09", "c", "NR", -90, 2032)
        .Row("2024-03-01 08:00:10", "c", "LTE", -70, 20);

    private static ExportBuilder Radio() =>
        ExportBuilder.Table("radio").Time("event_ts").Keys("factory").Numbers("rsrp_dbm", "sinr_db", "x_m", "y_m");

    private static ExportBuilder Walk() => Radio()
        .Times(95, "2024-03-01 08:00", "F1", -80.0, 10.0, 5.0, 5.0).Times(5, "2024-03-01 08:00", "F1", -120.0, 10.0, 5.0, 5.0)
        .Times(94, "2024-03-01 08:00", "F1", -80.0, 10.0, 5.0, 15.0).Times(6, "2024-03-01 08:00", "F1", -120.0, 10.0, 5.0, 15.0)
        .Times(4, "2024-03-01 08:00", "F1", -80.0, 10.0, 15.0, 5.0);

    private static IndicatorRegistry Grid() => new()
    {
        Factories = [Registries.Factory("F1")],
        GridCells = Registries.Cells("F1", (0, 0), (0, 1), (1, 0), (1, 1)),
    };

    private static ExportBuilder Made(params (string Product, int? Q0, int? L0, int? Q1, int? L1)[] strata)
    {
        var export = ExportBuilder.Production();
        foreach (var (product, q0, l0, q1, l1) in strata)
        {
            if (q0 is not null)
            {
                export.Row("2024-01-10 08:00", "L1", product, q0, l0);
            }

            export.Row("2024-02-10 08:00", "L1", product, q1, l1);
        }

        return export;
    }

    private static ExportBuilder Spent(int x, int y) => ExportBuilder.Cost()
        .Row("2024-01-10 08:00", "L1", "X", "material", 10000, 1000).Row("2024-01-10 08:00", "L1", "Y", "material", 5000, 100)
        .Row("2024-02-10 08:00", "L1", "X", "material", x, 200).Row("2024-02-10 08:00", "L1", "Y", "material", y, 400);
}
