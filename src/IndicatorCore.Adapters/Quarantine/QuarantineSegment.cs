using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Quarantine;

/// <summary>Where the rows of one call lie; all of one batch, ascending.</summary>
internal readonly record struct QuarantineSegment(
    QuarantineSource Source, QuarantineShape Shape, long Batch, int FirstRow, int Rows, QuarantineSpool Spool, long Offset, int Length)
{
    /// <summary>By input name, batch and row, whichever worker was faster.</summary>
    public static int Compare(QuarantineSegment left, QuarantineSegment right)
    {
        var order = string.CompareOrdinal(left.Source.Name, right.Source.Name);
        order = order != 0 ? order : left.Source.Ordinal.CompareTo(right.Source.Ordinal);
        order = order != 0 ? order : left.Batch.CompareTo(right.Batch);
        return order != 0 ? order : left.FirstRow.CompareTo(right.FirstRow);
    }
}
