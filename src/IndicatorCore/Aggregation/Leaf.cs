namespace IndicatorCore.Aggregation;

/// <summary>
/// The finest scope that a row is kept at: key numbers, -1 where unknown or not asked for. Coarser scopes (city, park ...) come
/// from the registry when the report is made.
/// </summary>
/// <param name="Factory">The row's own factory, or -1 to take the line's.</param>
/// <param name="Workshop">The row's own workshop, or -1 to take the line's.</param>
/// <param name="Line">The line.</param>
/// <param name="Device">The device, only when a level of grouping names it.</param>
/// <param name="Product">The product, where the table has one.</param>
internal readonly record struct Leaf(int Factory, int Workshop, int Line, int Device, int Product)
{
    /// <summary>Nothing known.</summary>
    public static Leaf None => new(-1, -1, -1, -1, -1);
}
