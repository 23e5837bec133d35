namespace IndicatorCore.Sources;

/// <summary>Which end of its interval a stamp names.</summary>
public enum TimestampStamp
{
    /// <summary>The start.</summary>
    Start,

    /// <summary>The end: the interval's length is subtracted to get the start.</summary>
    End,
}
