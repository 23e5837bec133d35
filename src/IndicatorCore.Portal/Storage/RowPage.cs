namespace IndicatorCore.Portal.Storage;

/// <summary>A page of rows.</summary>
/// <param name="Publication">Whose they are.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Total">How many rows the query has on all pages.</param>
public sealed record RowPage(Publication Publication, IReadOnlyList<StoredRow> Rows, long Total);
