using System.Numerics;

namespace IndicatorCore.Indicators.Phases;

/// <summary>The sums of one stratum in both phases, cost by price index; index 0 = baseline, 1 = after.</summary>
internal sealed class RealStratum
{
    /// <summary>q0, q1, 10⁻⁶ of the unit.</summary>
    public BigInteger[] Output { get; } = new BigInteger[2];

    /// <summary>Cost as it is booked, 10⁻⁴ CNY.</summary>
    public BigInteger[] Booked { get; } = new BigInteger[2];

    /// <summary>The same by index, in ascending order of it.</summary>
    public SortedDictionary<BigInteger, BigInteger>[] ByPrice { get; } = [[], []];
}
