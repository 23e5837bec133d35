namespace IndicatorCore.Indicators.Phases;

/// <summary>The cost of one (line, product, element, project mark, period): exact sums over its accepted rows.</summary>
/// <remarks>Money at 10⁻⁴ CNY, quantities at 10⁻⁶ of the unit (indicator-definitions 1.5, section 5).</remarks>
internal sealed record CostCell
{
    /// <summary>The line, or null when unknown.</summary>
    public string? Line { get; init; }

    /// <summary>The product, or null when the table has none.</summary>
    public string? Product { get; init; }

    /// <summary>The cost element, or null when the table has none.</summary>
    public string? Element { get; init; }

    /// <summary>Whether the rows are running costs of the 5G project itself (is_project_cost).</summary>
    public bool IsProjectCost { get; init; }

    /// <summary>Local day of period_start: days since 1970-01-01.</summary>
    public int StartDay { get; init; }

    /// <summary>Local day at which the period ends (exclusive), or null without period_end.</summary>
    public int? EndDay { get; init; }

    /// <summary>Rows, whatever their class.</summary>
    public long Rows { get; init; }

    /// <summary>Rows with a valid amount.</summary>
    public long ValidRows { get; init; }

    /// <summary>Rows whose amount is missing or invalid.</summary>
    public long MissingRows { get; init; }

    /// <summary>Sum of amount_cny over rows with a valid amount.</summary>
    public Int128 Amount { get; init; }

    /// <summary>Rows with a valid cost.q_good.</summary>
    public long OutputRows { get; init; }

    /// <summary>Sum of cost.q_good over those rows.</summary>
    public Int128 Output { get; init; }

    /// <summary>Exact duplicates dropped.</summary>
    public long Duplicates { get; init; }

    /// <summary>Rows that lost a key conflict.</summary>
    public long Conflicts { get; init; }

    /// <summary>First accepted event, UTC nanoseconds since 1970.</summary>
    public long FirstTimestamp { get; init; } = long.MaxValue;

    /// <summary>Last accepted event, UTC nanoseconds since 1970.</summary>
    public long LastTimestamp { get; init; } = long.MinValue;
}
