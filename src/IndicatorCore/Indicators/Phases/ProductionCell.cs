namespace IndicatorCore.Indicators.Phases;

/// <summary>The production of one (line, product, unit, local day): exact sums over its accepted rows.</summary>
/// <remarks>Quantities at 10⁻⁶ of the unit, times at 10⁻⁶ s (indicator-definitions 1.5, section 4 "State").</remarks>
internal sealed record ProductionCell
{
    /// <summary>The line, or null when unknown.</summary>
    public string? Line { get; init; }

    /// <summary>The product, or null when the table has none.</summary>
    public string? Product { get; init; }

    /// <summary>The unit of the output, or null when the table has none.</summary>
    public string? Unit { get; init; }

    /// <summary>Local day of interval_start: days since 1970-01-01.</summary>
    public int Day { get; init; }

    /// <summary>Rows, whatever their class.</summary>
    public long Rows { get; init; }

    /// <summary>Rows with valid q_good.</summary>
    public long ValidOutputRows { get; init; }

    /// <summary>Rows whose q_good is missing or invalid.</summary>
    public long MissingOutputRows { get; init; }

    /// <summary>Rows with q_good above zero.</summary>
    public long ProducingRows { get; init; }

    /// <summary>Sum of q_good over rows with valid q_good.</summary>
    public Int128 Output { get; init; }

    /// <summary>Labour: sum of q_good over rows with valid q_good and valid labour input.</summary>
    public Int128 LabourOutput { get; init; }

    /// <summary>Labour: sum of input over the same rows.</summary>
    public Int128 LabourInput { get; init; }

    /// <summary>Labour: sum of valid input over rows whose q_good is missing.</summary>
    public Int128 LabourInputWithoutOutput { get; init; }

    /// <summary>Labour: rows with both valid.</summary>
    public long LabourRows { get; init; }

    /// <summary>Machine: sum of q_good over rows with valid q_good and valid machine input.</summary>
    public Int128 MachineOutput { get; init; }

    /// <summary>Machine: sum of input over the same rows.</summary>
    public Int128 MachineInput { get; init; }

    /// <summary>Machine: sum of valid input over rows whose q_good is missing.</summary>
    public Int128 MachineInputWithoutOutput { get; init; }

    /// <summary>Machine: rows with both valid.</summary>
    public long MachineRows { get; init; }

    /// <summary>Exact duplicates dropped.</summary>
    public long Duplicates { get; init; }

    /// <summary>Rows that lost a key conflict.</summary>
    public long Conflicts { get; init; }

    /// <summary>First accepted event, UTC nanoseconds since 1970.</summary>
    public long FirstTimestamp { get; init; } = long.MaxValue;

    /// <summary>Last accepted event, UTC nanoseconds since 1970.</summary>
    public long LastTimestamp { get; init; } = long.MinValue;
}
