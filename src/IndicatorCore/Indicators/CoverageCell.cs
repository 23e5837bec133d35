namespace IndicatorCore.Indicators;

/// <summary>One grid cell of a factory's coverage map (indicator-definitions 3.1).</summary>
/// <param name="Factory">The factory.</param>
/// <param name="Floor">The floor.</param>
/// <param name="X">The column: ⌊x / g⌋.</param>
/// <param name="Y">The row: ⌊y / g⌋.</param>
/// <param name="Usable">Usable samples: valid and unserved ones.</param>
/// <param name="Covered">Covered samples.</param>
/// <param name="State">What they say.</param>
public sealed record CoverageCell(string Factory, long Floor, long X, long Y, long Usable, long Covered, CoverageCellState State);
