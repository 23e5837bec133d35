using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// Probes: what came back with its latency, and what was lost (indicator-definitions 6). Lost is what the flag <c>lost</c> says, whatever
/// the latency; else a null latency, which in a wide row is no probe at all. NaN is missing: it was measured badly, not lost.
/// </summary>
/// <param name="desk">What the worker's consumers share.</param>
/// <param name="isOneWay">Whether one-way probes are taken, by device, or the others; null = all alike, where no clock can be judged.</param>
internal sealed class ProbeConsumer(FoldDesk desk, bool? isOneWay = null) : TableConsumer(desk, "probe")
{
    private const int RowsLost = 0, ValidMissing = 1, Adds = 2;

    private readonly RangeMark _set = new(1, long.MaxValue);
    private readonly ValueCells _latencies = new(desk.Context.Budget, "the latencies of probes");
    private readonly ulong[] _lost = RowMask.New();
    private readonly ulong[] _valid = RowMask.New();
    private readonly ulong[] _missing = RowMask.New();
    private readonly ulong[] _mask = RowMask.New();

    /// <inheritdoc/>
    public override void Settle()
    {
        base.Settle();
        _latencies.Clear();
    }

    /// <inheritdoc/>
    public override void Free()
    {
        base.Free();
        _latencies.Clear();
    }

    protected override bool Feeding(RowChunk chunk, Span<ulong> rows)
    {
        var lost = _mask.AsSpan(0, rows.Length);
        Lost(chunk, lost);
        Present(chunk, Lane.Latency, rows);
        BitmapKernel.Or(rows, lost, rows);
        return RowMask.Any(rows);
    }

    protected override (FoldSheet Sheet, PlaceFinder Places) Bind(RowChunk chunk) => (NewSheet(Adds, maxima: 2), isOneWay == true ? Desk.BySpanAndDevice(chunk) : Desk.BySpan(chunk));

    protected override bool Restrict(RowChunk chunk, Span<ulong> rows)
    {
        if (isOneWay is not { } wanted)
        {
            return true;
        }

        var marked = _mask.AsSpan(0, rows.Length);
        _set.Mark(chunk, Lane.OneWay, marked);
        BitmapKernel.And(marked, chunk.Valid(Lane.OneWay)[..rows.Length], marked);
        if (wanted)
        {
            BitmapKernel.And(rows, marked, rows);
        }
        else
        {
            BitmapKernel.AndNot(rows, marked, rows);
        }

        return RowMask.Any(rows);
    }

    protected override void Fold(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        State.ScopeConflicts += Scope.Contradictions(rows);
        var words = rows.Length;
        var lost = _lost.AsSpan(0, words);
        var valid = _valid.AsSpan(0, words);
        var missing = _missing.AsSpan(0, words);
        var mask = _mask.AsSpan(0, words);
        Lost(chunk, lost);
        if (chunk.Has(Lane.Latency))
        {
            var classes = chunk.Classes(Lane.Latency).AsSpan(0, chunk.Length);
            if (classes.Contains(ValueClass.Missing))
            {
                BitmapKernel.Equal(classes, ValueClass.Missing, mask);
                BitmapKernel.Or(lost, mask, lost);
            }

            BitmapKernel.And(rows, lost, lost);
            BitmapKernel.AndNot(chunk.Valid(Lane.Latency)[..words], lost, valid);
            BitmapKernel.And(rows, valid, valid);
            BitmapKernel.Equal(classes, ValueClass.NotANumber, missing);
            BitmapKernel.And(rows, missing, missing);
            BitmapKernel.AndNot(missing, lost, missing);
            Append(chunk.Values(Lane.Latency).AsSpan(0, chunk.Length), valid);
        }
        else
        {
            rows.CopyTo(lost);
            valid.Clear();
            missing.Clear();
        }

        Sheet.Count(RowsLost, rows, lost);
        Sheet.Count(ValidMissing, valid, missing);
    }

    protected override void Settle(int place, ReadOnlySpan<long> record)
    {
        var key = new PaneKey(FoldDesk.LeafOf(Places, place), Places.Part(place, FoldDesk.Pane));
        var cell = new ProbeCell
        {
            Rows = Evidence(record, Sheet.Maxima),
            Lost = High(record[RowsLost]),
            Valid = Low(record[ValidMissing]),
            Missing = High(record[ValidMissing]),
        };
        cell.Invalid = cell.Rows.Received - cell.Lost - cell.Valid - cell.Missing;
        (isOneWay == true ? State.OneWay : State.Probe)[key].Merge(cell);
        State.Values.Add(new QuantileKey(isOneWay == true ? ValueKind.OneWay : ValueKind.Latency, key), _latencies, place);
    }

    protected override ref RowEvidence Place(RowChunk chunk, int row, out PaneKey evidence)
    {
        evidence = new PaneKey(Scope.LeafOf(row, withProduct: false), Desk.AsidePaneOf(chunk.Time[row]));
        return ref State.Probe.At(State.Probe.Slot(evidence)).Rows;
    }

    private void Lost(RowChunk chunk, Span<ulong> rows)
    {
        if (!chunk.Has(Lane.Lost))
        {
            rows.Clear();
            return;
        }

        _set.Mark(chunk, Lane.Lost, rows);
        BitmapKernel.And(rows, chunk.Valid(Lane.Lost)[..rows.Length], rows);
    }

    private void Append(ReadOnlySpan<long> latencies, ReadOnlySpan<ulong> valid)
    {
        var units = Places.Units;
        if (units.ByRuns)
        {
            _latencies.AppendRuns(units.Places, units.Ends, latencies, valid);
        }
        else
        {
            _latencies.AppendRows(units.Places, latencies, valid);
        }
    }
}
