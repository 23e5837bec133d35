using System.Numerics;

namespace IndicatorCore.Sources;

/// <summary>An exact ratio of two integers, the denominator positive.</summary>
/// <param name="Numerator">The numerator.</param>
/// <param name="Denominator">The denominator, above zero.</param>
public readonly record struct ExactFraction(BigInteger Numerator, BigInteger Denominator);
