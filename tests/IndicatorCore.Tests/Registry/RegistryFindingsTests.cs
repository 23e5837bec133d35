using IndicatorCore.Registry;

namespace IndicatorCore.Tests.Registry;

public sealed class RegistryFindingsTests
{
    private static readonly FactoryRecord s_factory = new() { Factory = "F1" };
    private static readonly LineRecord s_line = new() { Line = "L1", Factory = "F1", GoLiveDate = new DateOnly(2024, 1, 1) };
    private static readonly DeviceRecord s_device = new() { Device = "D1", Line = "L1", IsKey = true };

    [Fact]
    public void A_sound_registry_has_no_findings()
    {
        var registry = new IndicatorRegistry
        {
            Factories = [s_factory],
            Lines = [s_line, s_line with { GoLiveDate = new DateOnly(2025, 1, 1) }, s_line with { Line = "L2" }],
            Devices =
            [
                s_device with { Valid = new DayBounds(null, new DateOnly(2024, 5, 1)) },
                s_device with { Line = "L2", Valid = new DayBounds(new DateOnly(2024, 5, 1), null) },
            ],
        };
        Assert.Empty(RegistryFindings.Of(registry));
    }

    [Fact]
    public void A_device_on_two_lines_at_once_is_a_contradiction()
    {
        var registry = new IndicatorRegistry
        {
            Factories = [s_factory],
            Lines = [s_line, s_line with { Line = "L2" }],
            Devices =
            [
                s_device with { Line = "L2", Valid = new DayBounds(new DateOnly(2024, 4, 30), null) },
                s_device with { Valid = new DayBounds(null, new DateOnly(2024, 5, 1)) },
            ],
        };
        var finding = Assert.Single(RegistryFindings.Of(registry));
        Assert.Equal(FindingKind.Contradiction, finding.Kind);
        Assert.Equal("Two rows of D1 overlap from 2024-04-30 and differ in line (L1, L2).", finding.Problem);
    }

    [Fact]
    public void Unknown_references_gaps_and_duplicates_are_found()
    {
        var registry = new IndicatorRegistry
        {
            Lines = [s_line with { GoLiveDate = null }],
            Devices = [s_device with { IsKey = false, Line = "L9", Behind = "G1" }, s_device with { Device = "D2", Line = null, IsKey = false }],
            GridCells = [new GridCellRecord("F1", 0, 1, 1), new GridCellRecord("F1", 0, 1, 1)],
        };
        Assert.Equal(
            [
                (FindingKind.Gap, "devices", ""),
                (FindingKind.UnknownReference, "devices", "D1"),
                (FindingKind.UnknownReference, "devices", "D1"),
                (FindingKind.Gap, "devices", "D2"),
                (FindingKind.Duplicate, "grid_cells", "F1"),
                (FindingKind.UnknownReference, "grid_cells", "F1"),
                (FindingKind.Gap, "lines", ""),
                (FindingKind.UnknownReference, "lines", "L1"),
            ],
            RegistryFindings.Of(registry).Select(static finding => (finding.Kind, finding.Table, finding.Key)));
    }
}
