using IndicatorCore.Indicators;

namespace IndicatorCore.Portal.Storage;

/// <summary>A row of a draft as a store keeps it.</summary>
/// <param name="Number">Its place in the publication, from 0.</param>
/// <param name="View">Its view.</param>
/// <param name="Level">Its level: its group's keys joined by commas.</param>
/// <param name="Row">The row.</param>
/// <param name="Place">Where its group lies.</param>
/// <param name="Json">Its bytes, without a line end; good until the next row is asked for.</param>
public readonly record struct DraftRow(long Number, string View, string Level, IndicatorRow Row, RowPlace Place, ReadOnlyMemory<byte> Json);
