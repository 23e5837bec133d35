namespace IndicatorCore.Registry;

/// <summary>When a registry row holds: local dates, the end exclusive; null = open.</summary>
/// <param name="From">The first day, or null for always.</param>
/// <param name="To">The day after the last, or null for always.</param>
public readonly record struct DayBounds(DateOnly? From, DateOnly? To)
{
    /// <summary>Holds at any time.</summary>
    public static DayBounds Always => default;

    /// <summary>Whether the row holds on the local day.</summary>
    public bool Contains(DateOnly day) => (From is null || day >= From) && (To is null || day < To);
}
