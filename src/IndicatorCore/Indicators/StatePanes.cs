namespace IndicatorCore.Indicators;

/// <summary>How finely state is cut in time.</summary>
public enum StatePanes
{
    /// <summary>Whole spans between <see cref="StateGrain.Cuts"/> for what no calendar window asks for by day; the rest by local days.</summary>
    Span,

    /// <summary>Local days of the reporting zone.</summary>
    Day,

    /// <summary>Hours of local days.</summary>
    Hour,

    /// <summary>Parts of local days between the times at which a shift of the registry begins or ends.</summary>
    Shift,
}
