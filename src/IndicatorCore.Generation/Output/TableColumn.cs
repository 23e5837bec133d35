namespace IndicatorCore.Generation.Output;

/// <summary>A column of a generated table; <paramref name="Keys"/> are the values of a key column, in dictionary order.</summary>
internal sealed record TableColumn(string Name, ColumnKind Kind, IReadOnlyList<string>? Keys = null);
