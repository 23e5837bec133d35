namespace IndicatorCore.Indicators;

/// <summary>A column that the query reads of an input.</summary>
/// <param name="Ordinal">Its place in the schema.</param>
/// <param name="Name">Its canonical name, such as <c>rsrp_dbm</c>, or its own where it serves under no other.</param>
public sealed record QuarantinedColumn(int Ordinal, string Name);
