namespace IndicatorCore.Indicators;

/// <summary>What an indicator needs of one table, or of the registry.</summary>
public sealed record IndicatorNeed
{
    /// <summary>The source of everything that telemetry cannot know.</summary>
    public const string Registry = "registry";

    /// <summary>A table's name, or <see cref="Registry"/>.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// The columns (of the registry: its tables) that must be there. Of alternatives joined by <c>|</c> one is enough; columns joined
    /// by <c>+</c> belong together: <c>x_m+y_m|grid</c>.
    /// </summary>
    public required IReadOnlyList<string> Required { get; init; }

    /// <summary>Columns that are used when they are there.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>The need lapses where this column is there, as <c>table.column</c>; null = never.</summary>
    public string? LapsesWith { get; init; }

    /// <summary>Whether it is one of several of which any is enough.</summary>
    public bool IsAlternative { get; init; }

    /// <summary>The required columns that are not there.</summary>
    /// <param name="has">Whether the table has a column.</param>
    public IEnumerable<string> Missing(Predicate<string> has)
    {
        ArgumentNullException.ThrowIfNull(has);
        return Required.Where(required => !required.Split('|').Any(choice => Array.TrueForAll(choice.Split('+'), has))).Select(Words);
    }

    /// <summary>Such as <c>radio: event_ts, rsrp_dbm, x_m and y_m or grid; optional floor</c>.</summary>
    public override string ToString()
    {
        var optional = Optional.Count == 0 ? string.Empty : $"; optional {string.Join(", ", Optional)}";
        var lapse = LapsesWith?.Split('.') is [var table, var column] ? $" (where {table} has no {column})" : string.Empty;
        return $"{(IsAlternative ? "or " : string.Empty)}{Source}: {string.Join(", ", Required.Select(Words))}{optional}{lapse}";
    }

    private static string Words(string required) =>
        required.Replace("|", " or ", StringComparison.Ordinal).Replace("+", " and ", StringComparison.Ordinal);
}
