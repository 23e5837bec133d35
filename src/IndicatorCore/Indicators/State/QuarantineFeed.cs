using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Indicators.Binding;

namespace IndicatorCore.Indicators.State;

/// <summary>One worker's quarantined rows of one binding on their way to the tap.</summary>
internal sealed class QuarantineFeed(QuarantineTap tap, InputBinding binding)
{
    private readonly QuarantinedRow[] _rows = new QuarantinedRow[RowChunk.Capacity];

    /// <summary>Hands on the rows of a chunk that are judged and set aside.</summary>
    public void Take(scoped RecordBatch batch, int start, RowChunk chunk, long ordinal, InputTally tally)
    {
        var count = 0;
        for (var row = 0; row < chunk.Length; row++)
        {
            if (chunk.Reason[row] != QuarantineReason.None && chunk.Disposition[row] != RowDisposition.Ignored)
            {
                var time = chunk.Time[row];
                _rows[count++] = new QuarantinedRow(start + row, QuarantineNames.Of(chunk.Reason[row]), time == long.MinValue ? null : time);
            }
        }

        Add(batch, count, ordinal, tally);
    }

    /// <summary>Hands on a whole batch that cannot be judged.</summary>
    public void TakeAll(scoped RecordBatch batch, QuarantineReason reason, long ordinal, InputTally tally)
    {
        var name = QuarantineNames.Of(reason);
        for (var start = 0; start < batch.Length; start += _rows.Length)
        {
            var count = Math.Min(_rows.Length, batch.Length - start);
            for (var i = 0; i < count; i++)
            {
                _rows[i] = new QuarantinedRow(start + i, name, null);
            }

            Add(batch, count, ordinal, tally);
        }
    }

    private void Add(scoped RecordBatch batch, int count, long ordinal, InputTally tally)
    {
        if (count > 0)
        {
            tap.Add(new QuarantinedRows
            {
                Source = tap.SourceOf(tally),
                Table = binding.Table.Name,
                Batch = ordinal,
                View = batch,
                Columns = binding.ReadColumns,
                Rows = _rows.AsSpan(0, count),
            });
        }
    }
}
