namespace IndicatorCore.Indicators.Binding;

/// <summary>Why a line stands, as classes (indicator-definitions 7).</summary>
internal static class DowntimeKind
{
    /// <summary>It failed and was repaired.</summary>
    public const int Failure = 0;

    /// <summary>A stop that is no failure.</summary>
    public const int Stop = 1;

    /// <summary>A name outside the lists: an export's own codes are mapped to these by <c>values</c> in a source profile.</summary>
    public const int Unknown = 2;

    /// <summary>The class of a name, in any case.</summary>
    public static int Classify(string name) => name.Trim().ToLowerInvariant() switch
    {
        "failure" or "failure_repair" or "breakdown" or "fault" or "unplanned" or "故障" or "故障停机" or "非计划停机" => Failure,
        "planned" or "setup" or "changeover" or "maintenance" or "break" or "idle" or "计划停机" or "换型" or "换线" or "保养" or "休息" or "待机" => Stop,
        _ => Unknown,
    };
}
