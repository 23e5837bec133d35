namespace IndicatorCore.Indicators;

/// <summary>The figures and what they were made from. Equal inputs give equal rows, whatever the order, split or thread count.</summary>
public sealed record IndicatorReport
{
    /// <summary>The rows in the order of interface 4. Those of <see cref="Tables"/> are made when they are looked at: keep a row rather than ask for it twice.</summary>
    public required IReadOnlyList<IndicatorRow> Rows { get; init; }

    /// <summary>The same figures by column, for indicators that are kept so (those of a definition file), by level.</summary>
    public IReadOnlyList<IndicatorTable> Tables { get; init; } = [];

    /// <summary>
    /// Where <see cref="IndicatorQuery.CoverageCells"/> asked for them: the grid cells of every factory whose <c>cov_grid</c> may be shown, over the
    /// whole window, by factory, floor, row and column.
    /// </summary>
    public IReadOnlyList<CoverageCell> CoverageCells { get; init; } = [];

    /// <summary>What they were made from.</summary>
    public required ReportManifest Manifest { get; init; }

    /// <summary>The reporting zone, in which instants are written.</summary>
    public required TimeZoneInfo TimeZone { get; init; }
}
