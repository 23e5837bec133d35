using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Binding;

/// <summary>How stamps become UTC instants (indicator-definitions 1.2).</summary>
internal sealed record InstantRule
{
    /// <summary>The zone of naive stamps and dates; null = none is declared.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>For integer columns: nanoseconds a unit.</summary>
    public long NanosecondsPerUnit { get; init; }

    /// <summary>Subtracted from every stamp that names the end of its interval; 0 = stamps name starts.</summary>
    public long EndToStart { get; init; }

    /// <summary>What a stamp of exactly local midnight means.</summary>
    public MidnightStamp Midnight { get; init; }
}
