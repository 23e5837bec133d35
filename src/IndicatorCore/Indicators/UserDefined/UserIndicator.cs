using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>One indicator of a definition file.</summary>
internal sealed record UserIndicator
{
    /// <summary>The file, for errors.</summary>
    public required string File { get; init; }

    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The version.</summary>
    public required int Version { get; init; }

    /// <summary>The Chinese name.</summary>
    public required string Chinese { get; init; }

    /// <summary>The English name.</summary>
    public required string English { get; init; }

    /// <summary>The unit.</summary>
    public required string Unit { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>What is made of the rows.</summary>
    public required UserAggregate Aggregate { get; init; }

    /// <summary>The column that is added up, counted and so on; null for counts and shares.</summary>
    public UserColumn? Column { get; init; }

    /// <summary>The rows counted.</summary>
    public UserWhere Where { get; init; } = UserWhere.Always;

    /// <summary>Of a share: the rows that it is a share of.</summary>
    public UserWhere Of { get; init; } = UserWhere.Always;

    /// <summary>Of a quantile: its order as an exact fraction.</summary>
    public (long Numerator, long Denominator) Order { get; init; }

    /// <summary>What is computed, in words.</summary>
    public required string Formula { get; init; }

    /// <summary>Every column that the indicator names, each once.</summary>
    public IReadOnlyList<UserColumn> Columns =>
        [.. Where.Columns().Concat(Of.Columns()).Concat(Column is null ? [] : [Column]).DistinctBy(static column => column.Key)];

    /// <summary>What decides the figure, in one spelling.</summary>
    public string Canonical => string.Join(
        '\u001f', $"{Id}@{Version}", Unit, Chinese, English, Table, Aggregate, Column?.Key, Where.Key, Of.Key, $"{Order.Numerator}/{Order.Denominator}");

    /// <summary>What a catalogue says of it.</summary>
    public IndicatorDescription Describe() => new()
    {
        Id = Id,
        Version = Version,
        ChineseName = Chinese,
        EnglishName = English,
        Formula = Formula,
        Unit = Unit,
        Needs =
        [
            new()
            {
                Source = Table,
                Required = [.. Columns.Select(static column => column.Name).Prepend(TableCatalog.Find(Table)!.TimeColumn).Distinct()],
            },
        ],
        State = Aggregate switch
        {
            UserAggregate.Distinct => "set of keys by (scope, pane)",
            UserAggregate.Quantile => "values and their counts by (scope, pane)",
            UserAggregate.Sum => $"exact sum by (scope, pane) at 10^-{Column!.Measure!.Places} of the unit",
            UserAggregate.Min or UserAggregate.Max => "extreme by (scope, pane)",
            _ => "counts by (scope, pane)",
        },
        Weights = Aggregate is UserAggregate.Share ? "sum of numerators / sum of denominators" : "rows",
        PublicationRule = "always",
        Sources = [$"definition file {Path.GetFileName(File)}"],
    };
}
