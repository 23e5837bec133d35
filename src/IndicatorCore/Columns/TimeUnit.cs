namespace IndicatorCore.Columns;

/// <summary>The units of Timestamp, Time and Duration, with Schema.fbs's numbers.</summary>
public enum TimeUnit
{
    /// <summary>Seconds.</summary>
    Second = 0,

    /// <summary>Milliseconds.</summary>
    Millisecond = 1,

    /// <summary>Microseconds.</summary>
    Microsecond = 2,

    /// <summary>Nanoseconds.</summary>
    Nanosecond = 3,
}
