namespace IndicatorCore.Indicators;

/// <summary>How time is cut (interface 3, Windows).</summary>
public enum Window
{
    /// <summary>Each indicator's own default window.</summary>
    Default,

    /// <summary>One window over everything.</summary>
    All,

    /// <summary>Local clock hours.</summary>
    Hour,

    /// <summary>
    /// The shifts of each factory's table in the registry, each a window of the local day that it begins on. Factories without a table have those
    /// that name no factory, and without these no window at all.
    /// </summary>
    Shift,

    /// <summary>Local calendar days.</summary>
    Day,

    /// <summary>ISO weeks, Monday to Sunday.</summary>
    Week,

    /// <summary>Calendar months.</summary>
    Month,

    /// <summary>Calendar quarters.</summary>
    Quarter,

    /// <summary>Calendar years.</summary>
    Year,
}
