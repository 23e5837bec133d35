using IndicatorCore.Columns;

namespace IndicatorCore.Indicators;

/// <summary>Rows of one batch that were set aside.</summary>
public readonly ref struct QuarantinedRows
{
    /// <summary>The input.</summary>
    public required QuarantineSource Source { get; init; }

    /// <summary>The table that the input holds, such as <c>radio</c> or <c>telemetry</c>.</summary>
    public required string Table { get; init; }

    /// <summary>The zero-based ordinal of the batch in the input.</summary>
    public required long Batch { get; init; }

    /// <summary>The batch, for the rows' values; only <see cref="Columns"/> can be looked at.</summary>
    public required RecordBatch View { get; init; }

    /// <summary>The columns that the query reads; the same list object for all batches that are read alike.</summary>
    public required IReadOnlyList<QuarantinedColumn> Columns { get; init; }

    /// <summary>The rows, ascending.</summary>
    public required ReadOnlySpan<QuarantinedRow> Rows { get; init; }
}
