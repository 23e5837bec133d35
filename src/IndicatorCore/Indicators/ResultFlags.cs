namespace IndicatorCore.Indicators;

/// <summary>Warnings that travel with a figure: the closed list of indicator-definitions 1.7, in the order in which they are written.</summary>
[Flags]
public enum ResultFlags
{
    /// <summary>No warning.</summary>
    None = 0,

    /// <summary>A device's clock differs from the fleet's by more than five seconds.</summary>
    ClockSkew = 1 << 0,

    /// <summary>Completeness below 80 %.</summary>
    CompletenessWarn = 1 << 1,

    /// <summary>Records with one key and different contents were resolved.</summary>
    Conflict = 1 << 2,

    /// <summary>A batch or input of the row's tables was skipped.</summary>
    InputSkipped = 1 << 3,

    /// <summary>Matched input share below 90 %.</summary>
    MatchedShareWarn = 1 << 4,

    /// <summary>Missing share above 5 %.</summary>
    MissingShareWarn = 1 << 5,

    /// <summary>The baseline is not of the same season.</summary>
    NoSeasonMatch = 1 << 6,

    /// <summary>The target cells are those touched, for want of a site plan.</summary>
    NoSitePlan = 1 << 7,

    /// <summary>The window is cut by --from, --to or the reference date.</summary>
    Partial = 1 << 8,

    /// <summary>Planned run time above actual production time: wrong master data.</summary>
    PerformanceAbove100 = 1 << 9,

    /// <summary>The phases were given on the command line instead of by go-live.</summary>
    PhasesGiven = 1 << 10,

    /// <summary>A line has two go-lives.</summary>
    Remodelled = 1 << 11,

    /// <summary>An ambiguous name or an expert item is open.</summary>
    Review = 1 << 12,

    /// <summary>Pooled and mix-adjusted values have opposite signs.</summary>
    Simpson = 1 << 13,

    /// <summary>All samples come from one device on one day.</summary>
    SingleDeviceDay = 1 << 14,

    /// <summary>Paasche and Laspeyres differ by more than ten points.</summary>
    StructureChanged = 1 << 15,

    /// <summary>Devices with evidence are not in the registry.</summary>
    UnregisteredDevices = 1 << 16,
}
