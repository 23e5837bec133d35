namespace IndicatorCore.Fuzz.Layout;

/// <summary>A number that gives an input its structure: an offset, length, count or index.</summary>
/// <param name="Position">Where it lies.</param>
/// <param name="Width">Its bytes: 1, 2, 4 or 8.</param>
/// <param name="What">What it is, for messages.</param>
internal readonly record struct Site(int Position, int Width, string What);
