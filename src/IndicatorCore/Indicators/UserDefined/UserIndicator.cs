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

    /// <summary>The column that is added up, counted and so on; of an index the output; null where there is none.</summary>
    public UserColumn? Column { get; init; }

    /// <summary>The rows counted.</summary>
    public UserWhere Where { get; init; } = UserWhere.Always;

    /// <summary>Of a share: the rows that it is a share of.</summary>
    public UserWhere Of { get; init; } = UserWhere.Always;

    /// <summary>Of a quantile: its order as an exact fraction.</summary>
    public (long Numerator, long Denominator) Order { get; init; }

    /// <summary>Of a ratio, mean, weighted sum or gain: what is divided; of an index the output.</summary>
    public UserSide? Numerator { get; init; }

    /// <summary>Of a ratio, a mean and a gain of one: what it is divided by; of an index the input.</summary>
    public UserSide? Denominator { get; init; }

    /// <summary>Of an index or gain: what it compares.</summary>
    public UserIndex? Index { get; init; }

    /// <summary>Of a combination: what it computes.</summary>
    public UserExpression? Expression { get; init; }

    /// <summary>Of a combination: what its parts need.</summary>
    public IReadOnlyList<IndicatorNeed> PartNeeds { get; init; } = [];

    /// <summary>When it must not be published.</summary>
    public UserRules Rules { get; init; } = UserRules.None;

    /// <summary>What disclosure control weighs.</summary>
    public UserWeight Weight { get; init; }

    /// <summary>Which way it improves.</summary>
    public UserBetter Better { get; init; }

    /// <summary>Where the definition comes from, as the file says.</summary>
    public IReadOnlyList<string> GivenSources { get; init; } = [];

    /// <summary>What is computed, in words.</summary>
    public required string Formula { get; init; }

    /// <summary>Every column that the indicator names, each once.</summary>
    public IReadOnlyList<UserColumn> Columns =>
    [
        .. Where.Columns().Concat(Of.Columns()).Concat(Column is null ? [] : [Column]).Concat(Numerator?.Columns ?? []).Concat(Denominator?.Columns ?? [])
            .Concat(Rules.MinDevices > 0 ? [UserColumn.Device] : []).DistinctBy(static column => column.Key),
    ];

    /// <summary>Whether its evidence shows the value classes of one column.</summary>
    public bool HasClasses => (Column ?? Numerator?.Column ?? Denominator?.Column) is not null || ConditionColumns == 1;

    /// <summary>How many columns the conditions name.</summary>
    public int ConditionColumns => Where.Columns().Concat(Of.Columns()).DistinctBy(static column => column.Key).Count();

    /// <summary>The ids of its rows besides its own.</summary>
    public IReadOnlyList<string> Parts => Aggregate == UserAggregate.Fisher ? [$"{Id}.paasche", $"{Id}.laspeyres"] : [];

    /// <summary>The rows that its figure rests on: what publication rules count.</summary>
    public UserWhere Counted => Aggregate switch
    {
        UserAggregate.Share => Of,
        UserAggregate.Fisher => UserWhere.All([Numerator!.Counted, Denominator!.Counted]),
        _ when (Denominator ?? Numerator) is { } side => side.Counted,
        _ when Column is not null => UserWhere.All([Where, UserWhere.Valid(Column)]),
        _ => Where,
    };

    /// <summary>What decides the figure, in one spelling.</summary>
    public string Canonical => string.Join(
        '\u001f', $"{Id}@{Version}", Unit, Chinese, English, Table, Aggregate, Column?.Key, Where.Key, Of.Key, $"{Order.Numerator}/{Order.Denominator}")
        + (Numerator is null ? string.Empty : $"\u001fsides {Numerator.Key}\u001f{Denominator?.Key}")
        + (Index is null ? string.Empty : $"\u001findex {Index.Key}")
        + (Expression is null ? string.Empty : $"\u001fcombine {Expression.Key}")
        + (Rules.Any ? $"\u001frules {Rules.Key}" : string.Empty)
        + (Weight == UserWeight.Usual ? string.Empty : $"\u001fweight {Weight}")
        + (Better == UserBetter.Unsaid ? string.Empty : $"\u001fbetter {Better}")
        + (GivenSources.Count == 0 ? string.Empty : $"\u001fsources {string.Join('\u001e', GivenSources)}");

    /// <summary>What a catalogue says of it.</summary>
    public IndicatorDescription Describe() => new()
    {
        Id = Id,
        Version = Version,
        ChineseName = Chinese,
        EnglishName = English,
        Formula = Formula,
        Unit = Unit,
        Direction = Better switch { UserBetter.Higher => IndicatorDirection.HigherIsBetter, UserBetter.Lower => IndicatorDirection.LowerIsBetter, _ => null },
        Needs = Expression is not null
            ? PartNeeds
            :
            [
                new()
                {
                    Source = Table,
                    Required = [.. Columns.Select(static column => column.Name).Prepend(TableCatalog.Find(Table)!.TimeColumn).Distinct()],
                    Optional = Index is { ByProduct: true } ? ["product"] : [],
                },
                .. Index is { Baseline: null } ? new[] { new IndicatorNeed { Source = IndicatorNeed.Registry, Required = ["lines"] } } : [],
            ],
        State = Aggregate switch
        {
            UserAggregate.Distinct => "set of keys by (scope, pane)",
            UserAggregate.Quantile => "values and their counts by (scope, pane)",
            UserAggregate.Sum when Column is not null => $"exact sum by (scope, pane) at 10^-{Column.Measure!.Places} of the unit",
            UserAggregate.Sum or UserAggregate.Ratio or UserAggregate.Mean => "exact sums by (scope, pane)",
            UserAggregate.Fisher or UserAggregate.Gain => "exact sums by (scope, local day)",
            UserAggregate.Min or UserAggregate.Max => "extreme by (scope, pane)",
            UserAggregate.Combination => "that of its parts",
            _ => "counts by (scope, pane)",
        },
        Weights = Aggregate switch
        {
            UserAggregate.Share or UserAggregate.Ratio or UserAggregate.Mean => "sum of numerators / sum of denominators",
            UserAggregate.Fisher => "sums of numerators and denominators over all strata; never the mean of gains",
            UserAggregate.Gain => "sums over the lines' phases",
            UserAggregate.Combination => "its parts, combined at each level",
            _ => "rows",
        },
        PublicationRule = Aggregate switch
        {
            UserAggregate.Fisher => "as eff_gain: at least 28 days and 2 weeks a phase; matched input share below 90 % warns, below 70 % suppresses",
            UserAggregate.Gain => "at least 28 days and 2 weeks a phase",
            UserAggregate.Combination => "as the worst of its parts",
            _ => Rules.Text,
        },
        Parts = Parts,
        Sources = [.. GivenSources, $"definition file {Path.GetFileName(File)}"],
    };
}
