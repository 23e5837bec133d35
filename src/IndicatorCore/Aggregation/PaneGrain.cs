namespace IndicatorCore.Aggregation;

/// <summary>How finely time is cut in state.</summary>
internal enum PaneGrain
{
    /// <summary>Local days.</summary>
    Day,

    /// <summary>Hours of local days.</summary>
    Hour,

    /// <summary>Local days, cut at times of day: where shifts begin and end.</summary>
    Shift,

    /// <summary>Not at all: only cuts end a pane.</summary>
    Whole,
}
