using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.PmXml;

/// <summary>What becomes of one measurement type.</summary>
public sealed record PmCounter
{
    /// <summary>The measurement type, as the file names it, such as <c>DRB.PdcpSduVolumeDL</c>.</summary>
    public required string MeasType { get; init; }

    /// <summary>How its values may be used.</summary>
    public required PmCounterKind Kind { get; init; }

    /// <summary>The table: <c>counter</c> for volumes, <c>radio</c> or <c>probe</c> for gauges, <c>telemetry</c> for means.</summary>
    public required string Table { get; init; }

    /// <summary>The column of a gauge or a mean; <c>bytes</c> for volumes.</summary>
    public required string Column { get; init; }

    /// <summary>What a value is multiplied by, exactly: bytes a unit for volumes (125,000 for Mbit), the column's unit else.</summary>
    public ExactFraction Unit { get; init; } = new(1, 1);

    /// <summary>The direction of a volume, <c>ul</c> or <c>dl</c>, or null.</summary>
    public string? Direction { get; init; }

    /// <summary>The measurement type that weighs a mean: packets or volume of the same object and period.</summary>
    public string? Weight { get; init; }

    /// <summary>The column of the weight.</summary>
    public string? WeightColumn { get; init; }
}
