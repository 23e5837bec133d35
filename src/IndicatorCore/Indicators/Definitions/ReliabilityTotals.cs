namespace IndicatorCore.Indicators.Definitions;

/// <summary>Probes of a group in a window, and how many of them came in time.</summary>
internal sealed class ReliabilityTotals
{
    /// <summary>All probes.</summary>
    public ProbeTotals Probes { get; set; } = new();

    /// <summary>Packets with a deadline that are not in flight at the window's end.</summary>
    public long Sent { get; set; }

    /// <summary>Those of them that came within it.</summary>
    public long InTime { get; set; }
}
