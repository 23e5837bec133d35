namespace IndicatorCore.Columns;

/// <summary>How a field is dictionary-encoded: rows hold indices into the values of dictionary <paramref name="Id"/>.</summary>
/// <param name="Id">Joins the field with its DictionaryBatch messages; several fields may share one id.</param>
/// <param name="IndexType">The integer type of the indices.</param>
/// <param name="IsOrdered">Whether the order of the values has a meaning.</param>
public sealed record DictionaryEncoding(long Id, ArrowType IndexType, bool IsOrdered = false);
