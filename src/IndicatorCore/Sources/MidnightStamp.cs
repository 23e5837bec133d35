namespace IndicatorCore.Sources;

/// <summary>What a stamp of exactly 00:00 on date D means.</summary>
public enum MidnightStamp
{
    /// <summary>The instant at which D begins.</summary>
    NextDay,

    /// <summary>24:00 of D: the instant at which D ends.</summary>
    LabelledDay,
}
