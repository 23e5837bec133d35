namespace IndicatorCore.Generation.Output;

/// <summary>A table's name and columns; <paramref name="Source"/> is the source profile that its schema carries, or null.</summary>
internal sealed record TableShape(string Table, IReadOnlyList<TableColumn> Columns, string? Source = null);
