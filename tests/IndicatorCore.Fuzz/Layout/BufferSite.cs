using IndicatorCore.Columns;

namespace IndicatorCore.Fuzz.Layout;

/// <summary>Where a buffer lies in an input.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">Bytes stored.</param>
/// <param name="Slot">Which buffer of its column it is.</param>
/// <param name="Layout">The layout of its column.</param>
/// <param name="Width">The width of its column's values in bytes.</param>
/// <param name="IsCompressed">Whether it starts with the length of its decompressed bytes.</param>
internal sealed record BufferSite(int Start, int Length, int Slot, ColumnLayout Layout, int Width, bool IsCompressed);
