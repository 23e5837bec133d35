using System.Numerics;
using System.Text.Json.Nodes;
using IndicatorCore.Adapters.Csv;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Public data, imported and run, against answers reckoned by an independent script.</summary>
public sealed class RealDataTests
{
    private static readonly string[] s_thresholds = ["A_-105_-3", "B_-95_0", "C_-85_3"];

    private static IndicatorQuery Coverage(int threshold = 0) => new()
    {
        Profile = DefinitionProfileReader.Read(Path.Combine(Shared.Repository, "data", "profiles", $"coverage-{"abc"[threshold]}.json")),
        Window = Window.All,
        Select = ["cov_sample", "cov_grid"],
        Threads = 2,
    };

    [SkippableTheory]
    [InlineData("cicv5g_rural_with_outage")]
    [InlineData("cicv5g_urban")]
    public void Drives_have_their_coverage_at_all_thresholds(string name)
    {
        using var export = new RealExport("cicv5g", name);
        var reference = export.Reference["all_rows_as_received"]!;
        for (var i = 0; i < s_thresholds.Length; i++)
        {
            var report = export.Run(Coverage(i));
            var expected = reference["coverage"]![s_thresholds[i]]!;
            var sample = report.Row("cov_sample");
            Assert.Equal($"{expected["covered"]}/{expected["denominator_unserved_as_uncovered"]}", sample.Fraction());
            Assert.Equal((long)reference["rows"]!, sample.Evidence!.Received);
            Assert.Equal((long)reference["unserved"]!, sample.Evidence.Unserved);
            Assert.Equal((long)reference["served"]!, sample.Evidence.Valid);
            AssertGrid(report, export.Reference, s_thresholds[i]);
        }

        var rural = export.Run(Coverage()).Row("cov_sample");
        Assert.True(name != "cicv5g_rural_with_outage" || rural.Fraction() == "3022/3261", rural.Fraction());
    }

    [SkippableFact]
    public void W22_a_modem_that_is_out_writes_zero_and_is_not_covered()
    {
        using var export = new RealExport("cicv5g", "cicv5g_rural_with_outage");
        var report = export.Run(Coverage());
        var row = report.Row("cov_sample");
        Assert.Equal(("3022/3261", 239, 3261), (row.Fraction(), row.Evidence!.Unserved, row.Evidence.Received));
        Assert.Equal(0.92671, row.Value!.Value, 5);
        Assert.Equal("30/35", report.Row("cov_grid").Fraction());
    }

    [SkippableFact]
    public void W20_a_replayed_run_is_found_by_its_rows_and_a_replayed_file_by_its_bytes()
    {
        using var export = new RealExport("cicv5g", "cicv5g_arterial_with_replay");
        var all = export.Reference["all_rows_as_received"]!;
        var deduplicated = export.Reference["after_dedup"]!;
        for (var i = 0; i < s_thresholds.Length; i++)
        {
            var once = export.Run(Coverage(i));
            Assert.Equal($"{all["coverage"]![s_thresholds[i]]!["covered"]}/6521", once.Row("cov_sample").Fraction());
            var rows = export.Run(Coverage(i) with { Dedup = DedupPolicy.Rows });
            var sample = rows.Row("cov_sample");
            Assert.Equal($"{deduplicated["coverage"]![s_thresholds[i]]!["covered"]}/5211", sample.Fraction());
            Assert.Equal((6521L, 1310L, 0L), (sample.Evidence!.Received, sample.Evidence.Duplicates, sample.Evidence.Conflicts));
            Assert.Equal(1310, rows.Manifest.Inputs.Single().Duplicates);
            AssertGrid(rows, export.Reference, s_thresholds[i]);

            var copy = export.Folder.File("telemetry-copy.arrow");
            File.Copy(export.Path, copy, overwrite: true);
            foreach (var dedup in new[] { DedupPolicy.Export, DedupPolicy.Rows })
            {
                var twice = Reports.OfFiles(Coverage(i) with { Dedup = dedup }, export.Path, copy);
                Reports.AssertSame(dedup == DedupPolicy.Rows ? rows : once, twice);
                Assert.Equal((1L, 6521L), (twice.Manifest.ReplayedInputs, twice.Manifest.ReplayedRows));
            }
        }
    }

    [SkippableFact]
    public void Rows_can_be_chosen_by_a_raw_column()
    {
        foreach (var name in new[] { "cicv5g_arterial_with_replay", "cicv5g_rural_with_outage", "cicv5g_urban" })
        {
            using var export = new RealExport("cicv5g", name);
            foreach (var (network, expected) in export.Reference["by_network_after_dedup"]!.AsObject())
            {
                var query = Coverage() with { Dedup = DedupPolicy.Rows, Where = [new("network", network)] };
                var row = export.Run(query).Row("cov_sample");
                Assert.Equal((long)expected!["rows"]!, row.Evidence!.Received - row.Evidence.Duplicates);
                var coverage = expected["coverage"]![s_thresholds[0]]!;
                Assert.Equal($"{coverage["covered"]}/{coverage["denominator_unserved_as_uncovered"]}", row.Fraction());
            }
        }
    }

    [SkippableTheory]
    [InlineData("cicv5g_rural_with_outage")]
    [InlineData("cicv5g_urban")]
    [InlineData("cicv5g_arterial_with_replay")]
    public void Drives_have_their_latency_as_received_without_duplicates_and_by_network(string name)
    {
        using var export = new RealExport("cicv5g", name);
        var query = new IndicatorQuery { Window = Window.All, Select = ["lat_p50", "lat_p95", "lat_p99"], Threads = 2 };
        Compare(query, export.Reference["all_rows_as_received"]!);
        Compare(query with { Dedup = DedupPolicy.Rows }, export.Reference["after_dedup"]!);
        foreach (var (network, expected) in export.Reference["by_network_after_dedup"]!.AsObject())
        {
            Compare(query with { Dedup = DedupPolicy.Rows, Where = [new("network", network)] }, expected!);
        }

        void Compare(IndicatorQuery asked, JsonNode expected)
        {
            var report = export.Run(asked);
            foreach (var percentile in new[] { "p50", "p95", "p99" })
            {
                var row = report.Row($"lat_{percentile}");
                Assert.Equal((double)expected["delay_ms"]![percentile]!, row.Value);
                Assert.Equal(row.Value, report.Row($"lat_{percentile}_rx").Value);
                Assert.Equal((long)expected["rows"]!, row.Evidence!.Valid);
                Assert.Equal("0", row.Evidence("n_lost"));
            }
        }
    }

    [SkippableFact]
    public void Stamps_without_their_precision_are_all_quarantined()
    {
        using var export = new RealExport("cicv5g", "cicv5g_precision_loss");
        var manifest = export.Run(Coverage()).Manifest;
        Assert.Equal("PRECISION_LOST=2000", Reports.Text(manifest.Quarantined));
        Assert.Equal("PRECISION_LOST=2000", Reports.Text(manifest.Inputs.Single().Quarantined));
        Assert.Equal(2000, manifest.Rows);
    }

    [SkippableTheory]
    [InlineData("ucc_driving_20191214_1016")]
    [InlineData("ucc_driving_20200214_1258")]
    [InlineData("ucc_static_20200116_1043")]
    public void A_telephone_on_another_network_is_unserved(string name)
    {
        using var export = new RealExport("ucc", name);
        var all = export.Reference["all"]!;
        var row = export.Run(Coverage()).Row("cov_sample");
        var (rows, nr) = ((long)all["rows"]!, (long)all["is5g"]!);
        Assert.Equal($"{all["is5g_and_rsrp_ge_-105_and_snr_ge_-3"]}/{rows}", row.Fraction());
        Assert.Equal((rows, nr, rows - nr, 0L), (row.Evidence!.Received, row.Evidence.Valid, row.Evidence.Unserved, row.Evidence.Missing));

        // many rows share a second, none is a duplicate
        Assert.Equal(0, export.Run(Coverage() with { Dedup = DedupPolicy.Rows }).Row("cov_sample").Evidence!.Duplicates);

        // by the local hour of the telephone
        var byHour = export.Run(Coverage() with { Window = Window.Hour, TimeZone = "Europe/Dublin" }).RowsOf("cov_sample");
        Assert.Equal(
            all.Parent!["by_hour"]!.AsObject().Select(static hour => $"{hour.Value!["is5g_and_rsrp_ge_-105_and_snr_ge_-3"]}/{hour.Value["rows"]}"),
            byHour.Select(Reports.Fraction));
    }

    [SkippableFact]
    public void Steel_energy_is_exact_by_day_month_and_hour()
    {
        using var export = new RealExport("steel", "steel_energy_2018_h1");
        var query = new IndicatorQuery { Select = ["energy_kwh"], TimeZone = "Asia/Seoul", Threads = 2 };
        AssertExact(export.Reference["total_kwh"]!, export.Run(query with { Window = Window.All }).Row("energy_kwh"));
        AssertWindows(Window.Month, "by_month", "yyyy-MM");
        AssertWindows(Window.Day, "first_3_days", "yyyy-MM-dd");

        // hours of the day over the whole half year
        var hours = export.Run(query with { Window = Window.Hour }).RowsOf("energy_kwh");
        Assert.Equal(181 * 24, hours.Count);
        foreach (var (hour, value) in export.Reference["by_hour_of_interval_start"]!.AsObject())
        {
            var sum = hours.Where(row => Seoul(row, "HH") == hour).Aggregate(
                BigInteger.Zero, static (sum, row) => sum + (row.Numerator!.Value.Unscaled * BigInteger.Pow(10, 6 - row.Numerator.Value.Scale)));
            AssertExact(value!, new IndicatorRow { Indicator = "", Definition = "", Numerator = new ExactNumber(sum, 6), Value = (double)value!["decimal"]! });
        }

        void AssertWindows(Window window, string key, string format)
        {
            var rows = export.Run(query with { Window = window }).RowsOf("energy_kwh");
            Assert.Equal(window == Window.Month ? 6 : 181, rows.Count);
            foreach (var (label, value) in export.Reference[key]!.AsObject())
            {
                AssertExact(value!, Assert.Single(rows, row => Seoul(row, format) == label));
            }
        }
    }

    [SkippableFact]
    public void W30_a_sign_reversal_of_real_teams()
    {
        using var export = new RealExport("garments", "garments_2015_janfeb15");
        var report = export.Run(new IndicatorQuery
        {
            Profile = DefinitionProfile.TestNoFloor,
            Select = ["eff_gain"],
            Baseline = (TimeBound.Parse("2015-01-01"), TimeBound.Parse("2015-02-01")),
            After = (TimeBound.Parse("2015-02-01"), TimeBound.Parse("2015-02-16")),
            Threads = 2,
        });
        var demo = export.Reference["efficiency_gain_demo"]!;
        Assert.Equal((double)demo["gain_paasche"]!, report.Row("eff_gain.paasche").Value!.Value, 6);
        Assert.Equal((double)demo["gain_laspeyres"]!, report.Row("eff_gain.laspeyres").Value!.Value, 6);
        Assert.Equal((double)demo["gain_fisher"]!, report.Row("eff_gain").Value!.Value, 6);
        Assert.Equal((double)demo["gain_pooled_all_rows"]!, report.Row("eff_gain.pooled").Value!.Value, 6);
        Assert.Equal(demo["matched_input_share_base"]!.ToString(), report.Row("eff_gain").Evidence("matched_share_base"));
        Assert.Equal("1", report.Row("eff_gain").Evidence("matched_share_after"));
        Assert.Equal(-0.017726, report.Row("eff_gain").Value!.Value, 6);
        Assert.DoesNotContain("SIMPSON", report.Row("eff_gain").FlagText(), StringComparison.Ordinal);
        Assert.Equal("labour", report.Row("eff_gain").Evidence("input"));
        Assert.Equal("IMPLAUSIBLE_TIME=1", Reports.Text(report.Manifest.Quarantined));
        Assert.Equal(-0.006395, report.Row("eff_gain.pooled").Value!.Value, 6);
        Assert.Equal(-0.005309, report.Row("eff_gain.paasche").Value!.Value, 6);
        Assert.Equal(-0.029988, report.Row("eff_gain.laspeyres").Value!.Value, 6);
    }

    private static string Seoul(IndicatorRow row, string format) => DateTime.UnixEpoch.AddTicks(row.WindowStart!.Value / 100).AddHours(9)
        .ToString(format, System.Globalization.CultureInfo.InvariantCulture);

    private static void AssertGrid(IndicatorReport report, JsonNode reference, string threshold)
    {
        var grid = reference["grid10m_after_dedup"]!;
        var (touched, measured, covered) = ((long)grid["cells_touched"]!, (long)grid["cells_valid_n_ge_5"]!, (long)grid[threshold]!);
        Assert.Equal($"{measured}/{touched}", report.Row("cov_grid.measured_share").Fraction());
        var row = report.Row("cov_grid");
        Assert.Equal($"{(100 * measured >= 80 * touched ? covered : null)}/{(100 * measured >= 80 * touched ? measured : null)}", row.Fraction());
        Assert.Equal((double)covered / touched, row.Low);
        Assert.Contains("NO_SITE_PLAN", row.FlagText(), StringComparison.Ordinal);
    }

    private static void AssertExact(JsonNode expected, IndicatorRow row)
    {
        var fraction = ((string)expected["exact"]!).Split('/');
        var found = row.Numerator!.Value;
        Assert.Equal(
            BigInteger.Parse(fraction[0]) * BigInteger.Pow(10, found.Scale),
            found.Unscaled * BigInteger.Parse(fraction.Length > 1 ? fraction[1] : "1"));
        Assert.Equal((double)expected["decimal"]!, row.Value);
    }

    /// <summary>One public file, imported.</summary>
    private sealed class RealExport : IDisposable
    {
        public RealExport(string profile, string name)
        {
            var csv = Shared.Require("data", "real", "dev", $"{name}.csv");
            Reference = JsonNode.Parse(File.ReadAllText(Shared.Require("data", "real", "dev", $"{name}.ref.json")))!;
            Path = Folder.File("export.arrow");
            CsvImporter.Import([csv], Path, SourceProfile.Load(System.IO.Path.Combine(Shared.Repository, "data", "profiles", $"{profile}.json")));
        }

        public TemporaryFolder Folder { get; } = new();

        public string Path { get; }

        public JsonNode Reference { get; }

        public IndicatorReport Run(IndicatorQuery query) => Reports.OfFiles(query, Path);

        public void Dispose() => Folder.Dispose();
    }
}
