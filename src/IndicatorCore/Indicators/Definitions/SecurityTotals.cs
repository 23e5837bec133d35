namespace IndicatorCore.Indicators.Definitions;

/// <summary>Security items of a group's factories.</summary>
internal sealed class SecurityTotals
{
    /// <summary>Factories that say anything of them.</summary>
    public int Factories { get; set; }

    /// <summary>The items that they have.</summary>
    public int Items { get; set; }
}
