using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// All rows of a run under <c>--dedup rows</c>: kept until it is known which of them count, then folded like any others. Which
/// one of several counts depends on the rows alone, never on the order in which they came.
/// </summary>
internal sealed class RowStore(MemoryBudget budget)
{
    private readonly List<StoredRow> _rows = [];

    /// <summary>Rows kept.</summary>
    public int Count => _rows.Count;

    /// <summary>Keeps a row.</summary>
    public void Add(in StoredRow row)
    {
        budget.Reserve(row.Segment.BytesPerRow, "the rows compared by --dedup rows");
        _rows.Add(row);
    }

    /// <summary>Takes over another store's rows.</summary>
    public void MergeFrom(RowStore other) => _rows.AddRange(other._rows);

    /// <summary>Folds every row, duplicates and losers marked, into the consumers.</summary>
    /// <param name="consumersOf">The consumers that the rows of a segment go to.</param>
    public void Fold(Func<RowSegment, IReadOnlyList<ITableConsumer>> consumersOf)
    {
        _rows.Sort(StoredRow.Compare);
        var chunks = new Dictionary<RowSegment, RowChunk>();
        var winner = 0;
        for (var i = 0; i < _rows.Count; i++)
        {
            var row = _rows[i];
            var isFirst = i == 0 || _rows[i - 1].Key != row.Key;
            winner = isFirst ? i : winner;
            var disposition = isFirst ? RowDisposition.Accepted
                : _rows[winner].Payload == row.Payload || _rows[i - 1].Payload == row.Payload ? RowDisposition.Duplicate
                : RowDisposition.Conflict;
            if (!chunks.TryGetValue(row.Segment, out var chunk))
            {
                chunks.Add(row.Segment, chunk = new RowChunk(row.Segment.Binding.UserLanes));
                row.Segment.Binding.BindLanes(chunk);
            }

            row.Segment.Load(row.Index, chunk, chunk.Length);
            chunk.Disposition[chunk.Length++] = disposition;
            if (chunk.Length == RowChunk.Capacity)
            {
                Flush(row.Segment, chunk, consumersOf);
            }
        }

        foreach (var (segment, chunk) in chunks)
        {
            Flush(segment, chunk, consumersOf);
        }
    }

    /// <summary>Counts the exact duplicates of each input; to be called after <see cref="Fold"/>.</summary>
    public void CountDuplicates()
    {
        foreach (var row in _rows)
        {
            row.Input.Duplicates = 0;
        }

        for (var i = 1; i < _rows.Count; i++)
        {
            if (_rows[i].Key == _rows[i - 1].Key && _rows[i].Payload == _rows[i - 1].Payload)
            {
                _rows[i].Input.Duplicates++;
            }
        }
    }

    private static void Flush(RowSegment segment, RowChunk chunk, Func<RowSegment, IReadOnlyList<ITableConsumer>> consumersOf)
    {
        chunk.Seal();
        foreach (var consumer in consumersOf(segment))
        {
            consumer.Consume(chunk, segment.Binding.IsTelemetry);
        }

        chunk.Begin(0);
    }
}
