using IndicatorCore.Aggregation;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>
/// What a query keeps for the user-defined indicators of one table: distinct columns, distinct predicates, and accumulators, each listed
/// once; indicators refer to them by number. Immutable, shared by all workers.
/// </summary>
internal sealed record UserPlan
{
    /// <summary>The place among the query's plans.</summary>
    public required int Number { get; init; }

    /// <summary>The table whose rows count.</summary>
    public required string Table { get; init; }

    /// <summary>The columns.</summary>
    public required UserColumn[] Columns { get; init; }

    /// <summary>Their lanes.</summary>
    public required Lane[] Lanes { get; init; }

    /// <summary>What decides whether a wide row feeds the table; empty for <c>telemetry</c>, which every wide row feeds.</summary>
    public required UserFeed[] Feeds { get; init; }

    /// <summary>The predicates; the first is Always.</summary>
    public required UserPredicate[] Predicates { get; init; }

    /// <summary>Counts: the predicate of each. The first is of predicate 0: accepted rows.</summary>
    public required int[] Counts { get; init; }

    /// <summary>The columns whose MISSING and INVALID values are counted over accepted rows.</summary>
    public required int[] Classes { get; init; }

    /// <summary>Greatest and least values.</summary>
    public required UserExtreme[] Extremes { get; init; }

    /// <summary>Sums.</summary>
    public required UserSum[] Sums { get; init; }

    /// <summary>Sets of keys.</summary>
    public required UserTerm[] Distincts { get; init; }

    /// <summary>Values with their counts.</summary>
    public required UserTerm[] Quantiles { get; init; }

    /// <summary>The indicators, ordered by id.</summary>
    public required UserFigure[] Figures { get; init; }

    /// <summary>Whether places are kept by product, for an index over strata of products needs them.</summary>
    public required bool ByProduct { get; init; }

    /// <summary>Whether every wide row counts.</summary>
    public bool IsTelemetry => Table == TableCatalog.Telemetry;

    /// <summary>The table as a bit, by its place in the catalogue.</summary>
    public long TableMask => 1L << TableCatalog.IndexOf(Table);

    /// <summary>Where a slot's record has its counts, one long each.</summary>
    public int CountsAt => 0;

    /// <summary>Where it has the classes: missing, invalid of each.</summary>
    public int ClassesAt => Counts.Length;

    /// <summary>Where it has the extremes, one long each, <see cref="long.MinValue"/> = none.</summary>
    public int ExtremesAt => ClassesAt + (2 * Classes.Length);

    /// <summary>Where it has the sums: low and high half of each.</summary>
    public int SumsAt => ExtremesAt + Extremes.Length;

    /// <summary>Longs of a slot's record.</summary>
    public int RecordLength => SumsAt + (2 * Sums.Length);

    /// <summary>Where a record as it is kept has its extremes: classes are kept apart, for mostly there are none.</summary>
    public int KeptExtremesAt => Counts.Length;

    /// <summary>Where a record as it is kept has its sums.</summary>
    public int KeptSumsAt => KeptExtremesAt + Extremes.Length;

    /// <summary>Longs of a record as it is kept.</summary>
    public int KeptLength => KeptSumsAt + (2 * Sums.Length);
}
