using System.Numerics;

namespace IndicatorCore.Indicators.Phases;

/// <summary>What a line adds to the denominator that disclosure judges.</summary>
/// <param name="Line">The line, or null when unknown.</param>
/// <param name="Input">Its matched input (10⁻⁶ s) or cost (10⁻⁴ CNY) of the after phase.</param>
internal readonly record struct LineShare(string? Line, BigInteger Input);
