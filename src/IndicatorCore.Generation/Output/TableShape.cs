namespace IndicatorCore.Generation.Output;

/// <summary>A table's name and columns.</summary>
internal sealed record TableShape(string Table, IReadOnlyList<TableColumn> Columns);
