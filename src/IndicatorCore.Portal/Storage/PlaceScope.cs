namespace IndicatorCore.Portal.Storage;

/// <summary>
/// A part of the tree of places, as a grant names it: everything, a province, a city or a factory. A row lies within it when its group is that place or one
/// below it: a factory's key sees its lines and devices, never its city; a city's key sees its factories, never other cities or the province. Groups by
/// anything that crosses places (industry, operator, the whole) lie within <see cref="All"/> alone.
/// </summary>
/// <param name="Kind">What <paramref name="Value"/> names.</param>
/// <param name="Value">The place; empty for all.</param>
public readonly record struct PlaceScope(PlaceKind Kind, string Value)
{
    /// <summary>Everything.</summary>
    public static PlaceScope All => new(PlaceKind.All, string.Empty);
}
