namespace IndicatorCore.Portal.Storage;

/// <summary>One result row as it was published.</summary>
/// <param name="Number">Its place in the publication, from 0: stable, and the row's address together with dataset and revision.</param>
/// <param name="View">The view it belongs to.</param>
/// <param name="Json">The row as interface 4 writes it, UTF-8, without a line end: what is served is these bytes.</param>
public readonly record struct StoredRow(long Number, string View, ReadOnlyMemory<byte> Json);
