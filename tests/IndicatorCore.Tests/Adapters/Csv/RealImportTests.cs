using System.Globalization;
using System.Text.Json.Nodes;
using IndicatorCore.Adapters.Csv;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Adapters.Csv;

/// <summary>The committed profiles on the public data, held against its reference answers.</summary>
public sealed class RealImportTests
{
    [SkippableTheory]
    [InlineData("cicv5g_rural_with_outage", 3261, 239)]
    [InlineData("cicv5g_arterial_with_replay", 6521, 0)]
    [InlineData("cicv5g_urban", 21088, -1)]
    public void Cicv5g_rows_are_samples_and_probes(string name, int rows, int unserved)
    {
        var imported = Import("cicv5g", name);
        var reference = Reference(name)["all_rows_as_received"]!;
        Assert.Equal(rows, imported.Rows.Count);
        Assert.Empty(imported.Quarantined);
        Assert.Equal("telemetry", imported.Schema.Meta("table"));
        Assert.Equal((int)reference["unserved"]!, imported.Rows.Count(static row => row["cell"] is null));
        Assert.True(unserved < 0 || unserved == (int)reference["unserved"]!);
        Assert.Equal((decimal)reference["delay_sum_ms"]!, imported.Rows.Sum(static row => decimal.Parse(row["latency_ms"]!, CultureInfo.InvariantCulture)));
        Assert.Equal(["run_id"], imported.Effective.IdentityExcept);
        Assert.All(imported.Rows, static row => Assert.StartsWith("n", row["network"], StringComparison.Ordinal));

        // threshold A by hand: what the run must find
        var covered = imported.Rows.Count(static row => row["cell"] is not null && Number(row["rsrp_dbm"]) >= -105 && Number(row["sinr_db"]) >= -3);
        Assert.Equal((int)reference["coverage"]!["A_-105_-3"]!["covered"]!, covered);
    }

    [SkippableFact]
    public void The_replayed_run_differs_in_its_run_id_alone()
    {
        var imported = Import("cicv5g", "cicv5g_arterial_with_replay");
        var distinct = imported.Rows
            .Select(static row => string.Join('|', row.Where(static pair => pair.Key != "run_id").Select(static pair => $"{pair.Key}={pair.Value}")))
            .Distinct(StringComparer.Ordinal);
        Assert.Equal(5211, distinct.Count());
    }

    [SkippableFact]
    public void Stamps_that_went_through_a_spreadsheet_are_quarantined()
    {
        var imported = Import("cicv5g", "cicv5g_precision_loss");
        Assert.Equal(2000, imported.Rows.Count);
        Assert.Equal(2000, Assert.Single(imported.Quarantined, static pair => pair.Key == "PRECISION_LOST").Value);
    }

    [SkippableTheory]
    [InlineData("ucc_driving_20191214_1016", 455)]
    [InlineData("ucc_driving_20200214_1258", -1)]
    [InlineData("ucc_static_20200116_1043", -1)]
    public void Ucc_samples_of_another_rat_are_kept(string name, int covered)
    {
        var imported = Import("ucc", name);
        var reference = Reference(name)["all"]!;
        Assert.Equal((int)reference["rows"]!, imported.Rows.Count);
        Assert.Empty(imported.Quarantined);
        Assert.Equal((int)reference["is5g"]!, imported.Rows.Count(static row => row["rat"] == "NR"));
        Assert.Equal((int)reference["snr_missing"]!, imported.Rows.Count(static row => row["sinr_db"] is null));
        var found = imported.Rows.Count(static row => row["rat"] == "NR" && Number(row["rsrp_dbm"]) >= -105 && Number(row["sinr_db"]) >= -3);
        Assert.Equal((int)reference["is5g_and_rsrp_ge_-105_and_snr_ge_-3"]!, found);
        Assert.True(covered < 0 || covered == found);
    }

    [SkippableFact]
    public void Steel_quarter_hours_belong_to_the_day_that_they_end()
    {
        var imported = Import("steel", "steel_energy_2018_h1");
        var reference = Reference("steel_energy_2018_h1");
        Assert.Equal((int)reference["rows"]!, imported.Rows.Count);
        Assert.Empty(imported.Quarantined);
        var byMonth = imported.Rows
            .GroupBy(static row => Local(row["interval_start"]!, 9).ToString("yyyy-MM", CultureInfo.InvariantCulture))
            .ToDictionary(static group => group.Key, static group => group.Sum(static row => Number(row["kwh"])));
        foreach (var (month, expected) in reference["by_month"]!.AsObject())
        {
            Assert.Equal((decimal)expected!["decimal"]!, byMonth[month]);
        }

        Assert.Equal(reference["by_month"]!.AsObject().Count, byMonth.Count);
    }

    [SkippableFact]
    public void Garment_rows_keep_their_day_and_the_damaged_date_is_left_to_the_run()
    {
        var imported = Import("garments", "garments_2015_janfeb15");
        Assert.Equal(785, imported.Rows.Count);
        Assert.Empty(imported.Quarantined);
        Assert.Equal(["finishing", "sweing"], imported.Rows.Select(static row => row["product"]!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        foreach (var hours in new[] { 6, 8 })
        {
            // Dhaka and Shanghai agree on every day
            Assert.All(imported.Rows, row => Assert.Equal(row["year"], Local(row["interval_start"]!, hours).ToString("M/d/yyyy", CultureInfo.InvariantCulture)));
        }

        var settings = imported.Effective;
        var plausible = imported.Rows.Where(row => Nanoseconds(row["interval_start"]!) >= settings.PlausibleFrom && Nanoseconds(row["interval_start"]!) < settings.PlausibleTo).ToList();
        Assert.Equal(784, plausible.Count);
        var reference = Reference("garments_2015_janfeb15")["all_valid"]!;
        Assert.Equal((decimal)reference["worker_days"]!, plausible.Sum(static row => Number(row["labour_h"])));
        Assert.All(imported.Rows, static row => Assert.Equal(Number(row["no_of_workers"]) * Number(row["actual_productivity"]), Number(row["q_good"])));
    }

    [SkippableTheory]
    [InlineData("cicv5g", "cicv5g_rural_with_outage", 3261)]
    [InlineData("garments", "garments_2015_janfeb15", 785)]
    public void A_real_file_is_written(string profile, string name, int rows)
    {
        var csv = Shared.Require("data", "real", "dev", $"{name}.csv");
        using var folder = new TemporaryFolder();
        var summary = CsvImporter.Import([csv], folder.File("x.arrow"), SourceProfile.Load(Profile(profile)));
        Assert.Equal(rows, Assert.Single(summary.Tables).Rows);
        Assert.True(new FileInfo(folder.File("x.arrow")).Length < new FileInfo(csv).Length);
    }

    private static Imported Import(string profile, string name) =>
        Imported.Of(SourceProfile.Load(Profile(profile)), Shared.Require("data", "real", "dev", $"{name}.csv"));

    private static string Profile(string name) => Path.Combine(Shared.Repository, "data", "profiles", $"{name}.json");

    private static JsonNode Reference(string name) => JsonNode.Parse(File.ReadAllText(Shared.Require("data", "real", "dev", $"{name}.ref.json")))!;

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static DateTime Local(string instant, int hours) =>
        DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).UtcDateTime.AddHours(hours);

    private static long Nanoseconds(string instant) =>
        (DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture).UtcTicks - DateTime.UnixEpoch.Ticks) * 100;
}
