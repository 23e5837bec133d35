namespace IndicatorCore.Indicators.UserDefined;

/// <summary>What an indicator compares between a baseline and the time after.</summary>
internal sealed record UserIndex
{
    /// <summary>Whether strata are told apart by line.</summary>
    public bool ByLine { get; init; }

    /// <summary>Whether strata are told apart by product.</summary>
    public bool ByProduct { get; init; }

    /// <summary>The baseline that the definition gives; null = the phases of each line's go-live.</summary>
    public (TimeBound From, TimeBound To)? Baseline { get; init; }

    /// <summary>The time after, given together with the baseline.</summary>
    public (TimeBound From, TimeBound To)? After { get; init; }

    /// <summary>The same in one spelling.</summary>
    public string Key => $"{ByLine},{ByProduct},{Text(Baseline)},{Text(After)}";

    /// <summary>A span as it is written.</summary>
    public static string Text((TimeBound From, TimeBound To)? span) => span is { } given ? $"{Text(given.From)}..{Text(given.To)}" : string.Empty;

    private static string Text(TimeBound bound) => bound.Date?.ToString("yyyy-MM-dd") ?? bound.Instant?.ToString("O") ?? string.Empty;
}
