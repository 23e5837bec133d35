
namespace IndicatorCore.Indicators.State;

/// <summary>What decides between rows with one key: revision, then ingest_seq, then the payload; and where the row is kept.</summary>
/// <param name="Key">The record key's hash.</param>
/// <param name="Revision">The revision, or the smallest number without one.</param>
/// <param name="IngestSequence">The ingest sequence, or the smallest number without one.</param>
/// <param name="Payload">The payload's hash.</param>
/// <param name="Input">The input; its name is a last resort that no thread can change.</param>
/// <param name="Batch">The batch's ordinal in the input.</param>
/// <param name="Row">The row in the batch.</param>
/// <param name="Segment">The segment that keeps its lanes.</param>
/// <param name="Index">Its place there.</param>
internal readonly record struct StoredRow(
    UInt128 Key, long Revision, long IngestSequence, UInt128 Payload, InputTally Input, long Batch, int Row, RowSegment Segment, int Index)
{
    /// <summary>Rows of one key together, the winner first, then its duplicates.</summary>
    public static int Compare(StoredRow left, StoredRow right)
    {
        var order = left.Key.CompareTo(right.Key);
        order = order != 0 ? order : right.Revision.CompareTo(left.Revision);
        order = order != 0 ? order : right.IngestSequence.CompareTo(left.IngestSequence);
        order = order != 0 ? order : right.Payload.CompareTo(left.Payload);
        order = order != 0 ? order : string.CompareOrdinal(left.Input.Name, right.Input.Name);
        order = order != 0 ? order : left.Batch.CompareTo(right.Batch);
        return order != 0 ? order : left.Row.CompareTo(right.Row);
    }
}
