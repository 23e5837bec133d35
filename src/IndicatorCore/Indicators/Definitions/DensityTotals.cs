using System.Numerics;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Base stations and residents of zones.</summary>
internal sealed class DensityTotals
{
    /// <summary>Base stations.</summary>
    public BigInteger Stations { get; set; }

    /// <summary>Residents.</summary>
    public long Residents { get; set; }

    /// <summary>Whether either is unknown of a zone.</summary>
    public bool IsMissing { get; set; }
}
