using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators;

/// <summary>A row that was set aside.</summary>
/// <param name="Row">Its zero-based ordinal in the view; <see cref="Columns.RecordBatch.FirstRow"/> more in the batch.</param>
/// <param name="Reason">Why: a name of the closed list of indicator-definitions 1.7, such as <c>FUTURE</c>.</param>
/// <param name="EventTime">Its event time, UTC nanoseconds since 1970, or null where it has none.</param>
public readonly record struct QuarantinedRow(int Row, string Reason, long? EventTime)
{
    /// <summary>The closed list of reasons, in ordinal order.</summary>
    public static IReadOnlyList<string> Reasons { get; } = QuarantineNames.Sorted();
}
