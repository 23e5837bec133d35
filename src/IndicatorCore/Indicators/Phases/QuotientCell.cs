using System.Numerics;

namespace IndicatorCore.Indicators.Phases;

/// <summary>Numerator and denominator of a line on one local day.</summary>
internal sealed record QuotientCell : PhaseCell
{
    /// <summary>The numerator, as it is kept.</summary>
    public BigInteger Above { get; init; }

    /// <summary>The denominator, as it is kept; 1 a line and day where there is none.</summary>
    public BigInteger Below { get; init; }

    /// <inheritdoc/>
    public override bool IsProducing => ValidRows > 0;
}
