namespace IndicatorCore.Indicators.Phases;

/// <summary>The two phases of one line (section 4, Phases).</summary>
/// <param name="Baseline">The baseline's days.</param>
/// <param name="After">The after phase's days.</param>
internal readonly record struct LinePhases(LocalDayRange Baseline, LocalDayRange After)
{
    /// <summary>The go-live chosen, or null for given phases.</summary>
    public int? GoLiveDay { get; init; }

    /// <summary>NO_SEASON_MATCH, REMODELLED or PHASES_GIVEN as they apply to this line.</summary>
    public ResultFlags Flags { get; init; }
}
