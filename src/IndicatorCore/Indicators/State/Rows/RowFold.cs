using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;

namespace IndicatorCore.Indicators.State.Rows;

/// <summary>
/// Decides which kept rows count, and folds them all. Of rows with one key and one payload the first counts and the others are duplicates; of
/// several payloads the one with the greatest revision and ingest sequence, else the greatest hash, and the others are conflicts
/// (indicator-definitions 1.3). One row is remembered, however many have its key.
/// </summary>
internal sealed class RowFold : IDisposable
{
    private readonly EngineContext _context;
    private readonly EngineState _state;
    private readonly RowSpace _space;
    private readonly FoldScratch _scratch = new();
    private readonly PaneClock _clock;
    private readonly Dictionary<int, Shape> _shapes = [];
    private readonly long[] _duplicates;
    private byte[] _winner = [];
    private int _winnerLength;
    private readonly byte[] _payload = new byte[RowRecord.RevisionAt - RowRecord.PayloadAt];

    /// <summary>Makes the fold.</summary>
    /// <param name="context">The engine's.</param>
    /// <param name="state">Takes the rows.</param>
    /// <param name="space">The rows' space.</param>
    public RowFold(EngineContext context, EngineState state, RowSpace space)
    {
        (_context, _state, _space) = (context, state, space);
        _clock = context.NewPaneClock();
        _duplicates = new long[space.Inputs.Count];
    }

    /// <summary>The duplicates of an input, by its name.</summary>
    public long DuplicatesOf(string input) => _space.Inputs.Find(input) is >= 0 and var number ? _duplicates[number] : 0;

    /// <summary>Folds all rows.</summary>
    /// <exception cref="Errors.LimitExceededException">The budget does not hold the state.</exception>
    /// <exception cref="Errors.SpillException">Rows cannot be read back.</exception>
    public void Run(RowStore store, CancellationToken cancellationToken)
    {
        using (var rows = store.InOrder())
        {
            RowStore.Walk(rows, cancellationToken, rows => Judge(rows.Record));
        }

        if (_winnerLength > 0)
        {
            Put(_winner.AsSpan(0, _winnerLength), RowDisposition.Accepted);
        }

        foreach (var shape in _shapes.Values)
        {
            Flush(shape);
            foreach (var consumer in shape.Consumers)
            {
                consumer.Settle();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var shape in _shapes.Values)
        {
            foreach (var consumer in shape.Consumers)
            {
                consumer.Free();
            }

            shape.Desk.Free();
        }
    }

    private void Judge(ReadOnlySpan<byte> record)
    {
        var winner = _winner.AsSpan(0, _winnerLength);
        if (_winnerLength == 0 || !record[..RowRecord.PayloadAt].SequenceEqual(winner[..RowRecord.PayloadAt]))
        {
            if (_winnerLength > 0)
            {
                Put(winner, RowDisposition.Accepted);
            }

            Remember(record);
            return;
        }

        if (record[RowRecord.PayloadAt..RowRecord.RevisionAt].SequenceEqual(_payload))
        {
            _duplicates[RowRecord.InputOf(record)]++;
            Put(record, RowDisposition.Duplicate);
            return;
        }

        // payloads come in ascending order: where revisions are equal, the later one has the greater hash
        if (record[RowRecord.RevisionAt..RowRecord.HeadBytes].SequenceCompareTo(winner[RowRecord.RevisionAt..RowRecord.HeadBytes]) <= 0)
        {
            Put(winner, RowDisposition.Conflict);
            Remember(record);
        }
        else
        {
            record[RowRecord.PayloadAt..RowRecord.RevisionAt].CopyTo(_payload);
            Put(record, RowDisposition.Conflict);
        }
    }

    private void Remember(ReadOnlySpan<byte> record)
    {
        if (_winner.Length < record.Length)
        {
            _winner = new byte[record.Length];
        }

        record.CopyTo(_winner);
        _winnerLength = record.Length;
        record[RowRecord.PayloadAt..RowRecord.RevisionAt].CopyTo(_payload);
    }

    private void Put(ReadOnlySpan<byte> record, RowDisposition disposition)
    {
        var number = RowRecord.ShapeOf(record);
        if (!_shapes.TryGetValue(number, out var shape))
        {
            var known = _space.Shape(number);
            var desk = new FoldDesk(_context, _state, _scratch);
            shape = new Shape(known, new RowChunk(known.UserLanes), desk, InputReader.Consumers(desk, known));
            known.BindLanes(shape.Chunk);
            shape.Chunk.Begin(0);
            _shapes.Add(number, shape);
        }

        RowRecord.Load(record, shape.Rows, shape.Chunk, disposition);
        if (shape.Chunk.Length == RowChunk.Capacity)
        {
            Flush(shape);
        }
    }

    private void Flush(Shape shape)
    {
        var chunk = shape.Chunk;
        if (chunk.Length == 0)
        {
            return;
        }

        var times = chunk.Time.AsSpan(0, chunk.Length);
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var time in times)
        {
            (first, last) = (Math.Min(first, time), Math.Max(last, time));
        }

        if (!_clock.PanesOf(times, first, last, chunk.Pane.AsSpan(0, chunk.Length)))
        {
            for (var row = 0; row < times.Length; row++)
            {
                chunk.Pane[row] = _clock.PaneOf(times[row]);
            }
        }

        chunk.Seal();
        foreach (var consumer in shape.Consumers)
        {
            consumer.Consume(chunk, shape.Rows.IsTelemetry);
        }

        if (shape.Desk.IsFull)
        {
            foreach (var consumer in shape.Consumers)
            {
                consumer.Settle();
            }

            shape.Desk.Clear();
        }

        _state.Points.Fit();
        chunk.Begin(0);
    }

    private sealed record Shape(RowShape Rows, RowChunk Chunk, FoldDesk Desk, IReadOnlyList<ITableConsumer> Consumers);
}
