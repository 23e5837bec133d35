namespace IndicatorCore.Indicators.Declared;

/// <summary>In what a declared figure is held, whatever it was written in.</summary>
public enum DeclaredUnit
{
    /// <summary>No unit was written.</summary>
    None,

    /// <summary>A ratio: 30%, 3‰, 三分之一, 三成.</summary>
    Ratio,

    /// <summary>Percentage points, as a ratio: 30个百分点 is 0.3. A difference of two rates, never a rate.</summary>
    Points,

    /// <summary>Pieces: 12台.</summary>
    Count,

    /// <summary>Times: 2倍.</summary>
    Times,

    /// <summary>Yuan: 1,200万元 is 12000000.</summary>
    Yuan,

    /// <summary>Seconds: 20ms is 0.02.</summary>
    Second,

    /// <summary>Bits a second.</summary>
    BitPerSecond,

    /// <summary>Kilowatt hours.</summary>
    KilowattHour,

    /// <summary>Square metres.</summary>
    SquareMetre,

    /// <summary>dBm.</summary>
    DecibelMilliwatt,

    /// <summary>dB.</summary>
    Decibel,

    /// <summary>Points of a score: 85分.</summary>
    Score,
}
