namespace IndicatorCore.Programmes.Filling;

/// <summary>A table.</summary>
/// <param name="Headings">Its headings.</param>
/// <param name="Rows">Its rows, each with a cell a heading.</param>
public sealed record FilledTable(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<FilledCell>> Rows);
