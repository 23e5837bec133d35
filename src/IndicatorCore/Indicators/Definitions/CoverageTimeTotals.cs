namespace IndicatorCore.Indicators.Definitions;

/// <summary>Covered time of the devices of a group in a window.</summary>
internal sealed class CoverageTimeTotals
{
    /// <summary>The samples.</summary>
    public RadioTotals Samples { get; set; } = new();

    /// <summary>Nanoseconds in which devices were covered while they had to be there.</summary>
    public Int128 Covered { get; set; }

    /// <summary>Nanoseconds in which they had to be there.</summary>
    public Int128 Required { get; set; }
}
