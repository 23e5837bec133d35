namespace IndicatorCore.Indicators.Definitions;

/// <summary>Assets of a group: those listed, and what forms print where none is.</summary>
internal sealed class AssetTotals
{
    /// <summary>The ids of listed assets.</summary>
    public HashSet<string> Listed { get; } = new(StringComparer.Ordinal);

    /// <summary>The sum of printed counts.</summary>
    public long Printed { get; set; }

    /// <summary>Whether the group's own zone was counted, not its factories.</summary>
    public bool IsOfZone { get; set; }

    /// <summary>How many there are.</summary>
    public long Count => Listed.Count + Printed;
}
