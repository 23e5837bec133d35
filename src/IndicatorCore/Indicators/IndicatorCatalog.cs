namespace IndicatorCore.Indicators;

/// <summary>Every indicator that the library computes.</summary>
public static class IndicatorCatalog
{
    /// <summary>All, ordered by id.</summary>
    public static IReadOnlyList<IndicatorDescription> All { get; } = [];
}
