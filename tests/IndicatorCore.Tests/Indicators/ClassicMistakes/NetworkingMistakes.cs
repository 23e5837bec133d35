using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.ClassicMistakes;

/// <summary>Classic mistakes with devices and registries, by the numbers of indicator-definitions 11.</summary>
public sealed class NetworkingMistakes
{
    private static IndicatorRegistry Plant => Registries.Of("L1: A B", "L2: C D");

    private static IndicatorQuery Query(IndicatorRegistry? registry, params string[] select) => Reports.NoFloor with { Registry = registry, Select = select };

    [Fact]
    public void Mistake_02_devices_are_distinct_over_days_shifts_and_batches()
    {
        var seen = ExportBuilder.Connectivity()
            .Row("2024-03-01 08:00", "A", "nr").Row("2024-03-01 20:00", "A", "nr").NextBatch().Row("2024-03-02 08:00", "A", "wifi").Row("2024-03-02 08:00", "C", "nr");
        var twice = ExportBuilder.Connectivity().Row("2024-03-03 08:00", "A", "nr");
        var report = Reports.Of(Query(Plant, "knr") with { GroupBy = ["line", "factory"] }, seen, twice);
        Assert.Equal("1/2", report.Row("knr", "line=L1").Fraction());
        Assert.Equal("2/4", report.Row("knr", "factory=F1").Fraction());
        Assert.Equal(["1/4", "2/4", "1/4"], Reports.Of(Query(Plant, "knr") with { Window = Window.Day }, seen, twice).RowsOf("knr").Select(Reports.Fraction));
    }

    [Fact]
    public void Mistake_03_the_denominator_is_of_the_registry_and_of_nothing_that_was_seen()
    {
        var seen = ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "nr").Row("2024-03-01 08:00", "X", "nr");
        Assert.Equal("1/4", Reports.Of(Query(Plant, "knr"), seen).Row("knr").Fraction());
        var without = Reports.Of(Query(null, "knr"), seen).Row("knr");
        Assert.Equal(("NOT_AVAILABLE(NO_REGISTRY)", null, null), (without.StatusText(), without.Value, without.Denominator));
    }

    [Fact]
    public void Mistake_08_a_replayed_file_is_counted_once()
    {
        using var folder = new TemporaryFolder();
        var export = ExportBuilder.Energy().Row("2024-03-01 08:00", 1.5).Row("2024-03-01 09:00", 2);
        var first = folder.Write("energy-a.arrow", export.ToBytes());
        var again = folder.Write("energy-b.arrow", export.ToBytes());
        var once = Reports.OfFiles(Query(null, "energy_kwh"), first);
        var twice = Reports.OfFiles(Query(null, "energy_kwh"), first, again);
        Reports.AssertSame(once, twice);
        Assert.Equal((3.5, 1L, 2L), (twice.Row("energy_kwh").Value!.Value, twice.Manifest.ReplayedInputs, twice.Manifest.ReplayedRows));
    }

    [Fact]
    public void Mistake_21_a_gateway_is_a_terminal_and_the_machines_behind_it_are_the_machines()
    {
        var registry = Plant with
        {
            Devices =
            [
                Registries.Device("gate", "L1", isKey: false) with { Kind = "gateway", Access = "nr" },
                Registries.Device("A", "L1") with { Kind = "machine", Behind = "gate", Access = "wired" },
                Registries.Device("B", "L1") with { Kind = "machine", Behind = "gate", Access = "wired" },
            ],
        };
        var seen = ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "wired").Row("2024-03-01 08:00", "B", "wired");
        var report = Reports.Of(Query(registry, "n_5g_terminals", "n_devices_5g"), seen);
        Assert.Equal((1, 2), (report.Row("n_5g_terminals").Value, report.Row("n_devices_5g").Value));
    }

    [Fact]
    public void Mistake_22_a_device_that_moved_or_retired_counts_where_it_stands_at_the_end_or_nowhere()
    {
        var registry = Plant with
        {
            Devices =
            [
                Registries.Device("A", "L1", to: "2024-03-02"), Registries.Device("A", "L2", from: "2024-03-02"),
                Registries.Device("B", "L1"), Registries.Device("C", "L1", to: "2024-03-02"),
            ],
        };
        var seen = ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "nr").Row("2024-03-01 08:00", "C", "nr").Row("2024-03-02 08:00", "B", "nr");
        var report = Reports.Of(Query(registry, "knr") with { GroupBy = ["line", "factory"] }, seen);
        Assert.Equal(("1/1", "1/1", "2/2"), (report.Row("knr", "line=L1").Fraction(), report.Row("knr", "line=L2").Fraction(), report.Row("knr", "factory=F1").Fraction()));
    }

    [Fact]
    public void Mistake_28_the_two_names_beyond_the_twenty_are_other_ones()
    {
        var registry = Plant with
        {
            Scenarios = [.. new[] { "众包设计", "近红外线成像分析", "机器视觉质检", "厂区智能理货", "设备预测维护", "无人智能巡检" }
                .Select(static name => new ScenarioRecord { Factory = "F1", Scenario = name })],
        };
        var report = Reports.Of(
            Query(registry, "scenario_count_declared", "scenario_rule_5"), ExportBuilder.Connectivity().Row("2024-03-01 08:00", "A", "nr"));
        Assert.Equal((4, 2, 0), (report.Row("scenario_count_declared").Value, report.Row("scenario_count_declared.other").Value, report.Row("scenario_rule_5").Value));
    }
}
