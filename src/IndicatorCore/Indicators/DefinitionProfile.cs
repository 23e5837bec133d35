namespace IndicatorCore.Indicators;

/// <summary>Thresholds, windows and floors of the definitions: the <c>--profile</c>. The default is <see cref="CnNrA"/>.</summary>
/// <remarks>Source: indicator-definitions 1.7 and sections 2 to 5. Powers, ratios and lengths are in units of 10⁻⁶ unless said otherwise.</remarks>
public sealed record DefinitionProfile
{
    /// <summary>The built-in default, <c>cn-nr-a</c>.</summary>
    public static DefinitionProfile CnNrA { get; } = new();

    /// <summary>The same with every minimum-sample and disclosure floor switched off.</summary>
    public static DefinitionProfile TestNoFloor { get; } = new()
    {
        Name = "test-no-floor",
        MinimumKeyDevices = 0,
        MinimumKeyDevicesOfLine = 0,
        MinimumCoverageSamples = 0,
        MinimumGridCells = 0,
        MinimumProductionDays = 0,
        MinimumProductionWeeks = 0,
        MinimumCostMonths = 0,
        ApplyCompleteness = false,
        ApplyMissingShare = false,
        ApplyDefinedRules = false,
        ApplyDisclosure = false,
    };

    /// <summary>The name that manifests and evidence carry.</summary>
    public string Name { get; init; } = "cn-nr-a";

    /// <summary>The registry's rule for 关键设备, for the record.</summary>
    public string? KeyDeviceRule { get; init; }

    /// <summary>T1: SS-RSRP from which a sample is covered, inclusive, 10⁻⁶ dBm.</summary>
    public long RsrpThreshold { get; init; } = -105_000_000;

    /// <summary>T2: SS-SINR from which a sample is covered, inclusive, 10⁻⁶ dB.</summary>
    public long SinrThreshold { get; init; } = -3_000_000;

    /// <summary>g: the side of a grid cell, 10⁻⁶ m.</summary>
    public long GridSize { get; init; } = 10_000_000;

    /// <summary>Samples from which a cell is measured.</summary>
    public int MinimumCellSamples { get; init; } = 5;

    /// <summary>Percent of a cell's samples from which it is covered, inclusive.</summary>
    public int CellCoveredPercent { get; init; } = 95;

    /// <summary>Percent of the target cells that must be measured.</summary>
    public int MeasuredSharePercent { get; init; } = 80;

    /// <summary>Days of the default window of <c>knr</c>.</summary>
    public int NetworkingDays { get; init; } = 30;

    /// <summary>Percent of its in-service days on which a device must be seen, profile sustained.</summary>
    public int SustainedPercent { get; init; } = 80;

    /// <summary>Days with data of a bound device from which a scenario is evidenced.</summary>
    public int ScenarioDays { get; init; } = 1;

    /// <summary>Minimum of |K| at factory or above.</summary>
    public int MinimumKeyDevices { get; init; } = 5;

    /// <summary>Minimum of |K| for a workshop or line.</summary>
    public int MinimumKeyDevicesOfLine { get; init; } = 3;

    /// <summary>Minimum of usable samples of cov_*.</summary>
    public int MinimumCoverageSamples { get; init; } = 300;

    /// <summary>Minimum of measured cells of cov_grid.</summary>
    public int MinimumGridCells { get; init; } = 20;

    /// <summary>Days on either side of go-live that belong to no phase.</summary>
    public int RampDays { get; init; } = 30;

    /// <summary>Least whole days of an after span, and production days of a same-season baseline.</summary>
    public int MinimumPhaseDays { get; init; } = 28;

    /// <summary>Most days of an after span.</summary>
    public int MaximumPhaseDays { get; init; } = 304;

    /// <summary>How far the same-season baseline lies before the after span, days.</summary>
    public int SeasonShiftDays { get; init; } = 364;

    /// <summary>How far the fallback spans reach from go-live, days.</summary>
    public int FallbackDays { get; init; } = 120;

    /// <summary>Minimum of production days a phase.</summary>
    public int MinimumProductionDays { get; init; } = 28;

    /// <summary>Minimum of independent weeks a phase.</summary>
    public int MinimumProductionWeeks { get; init; } = 2;

    /// <summary>Minimum of closed cost months a phase.</summary>
    public int MinimumCostMonths { get; init; } = 3;

    /// <summary>Percent of input in matched strata below which a figure is suppressed.</summary>
    public int MatchedSharePercent { get; init; } = 70;

    /// <summary>Percent of input in matched strata below which a figure is flagged.</summary>
    public int MatchedShareWarnPercent { get; init; } = 90;

    /// <summary>Days below which no interval is given.</summary>
    public int MinimumIntervalDays { get; init; } = 28;

    /// <summary>Whether completeness below 80 % flags and below 50 % suppresses.</summary>
    public bool ApplyCompleteness { get; init; } = true;

    /// <summary>Whether a missing share above 5 % flags and above 20 % suppresses cov_sample.</summary>
    public bool ApplyMissingShare { get; init; } = true;

    /// <summary>Whether the publication rules of definition files apply.</summary>
    public bool ApplyDefinedRules { get; init; } = true;

    /// <summary>Whether disclosure control applies.</summary>
    public bool ApplyDisclosure { get; init; } = true;

    /// <summary>Enterprises that must contribute to a group above enterprise.</summary>
    public int MinimumEnterprises { get; init; } = 3;

    /// <summary>Percent of such a group's denominator above which one enterprise dominates.</summary>
    public int DominancePercent { get; init; } = 85;

    /// <summary>Whether values for quantiles go to log-linear buckets from the start, within 1/256, instead of once there are more than 65,536 distinct ones.</summary>
    public bool BucketsQuantiles { get; init; }

    /// <summary>True when cost rows stand for calendar months even without <c>period_end</c>.</summary>
    public bool CostPeriodIsMonth { get; init; }

    /// <summary>
    /// Whether required time is planned operation where the registry's calendar has any for a device or its line; false = always time in service.
    /// </summary>
    public bool UsesCalendar { get; init; } = true;

    /// <summary>The same thresholds with nothing kept back and no intervals, so that every denominator can be seen.</summary>
    internal DefinitionProfile WithoutFloors() => this with
    {
        MinimumKeyDevices = 0,
        MinimumKeyDevicesOfLine = 0,
        MinimumCoverageSamples = 0,
        MinimumGridCells = 0,
        MinimumProductionDays = 0,
        MinimumProductionWeeks = 0,
        MinimumCostMonths = 0,
        MinimumIntervalDays = int.MaxValue,
        MeasuredSharePercent = 0,
        MatchedSharePercent = 0,
        ApplyCompleteness = false,
        ApplyMissingShare = false,
        ApplyDefinedRules = false,
        ApplyDisclosure = false,
    };
}
