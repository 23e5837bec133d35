using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>Radio samples by class, by scope and by grid cell (indicator-definitions 1.4 and 3).</summary>
internal sealed class RadioConsumer(FoldDesk desk) : TableConsumer(desk, "radio")
{
    private const int RowsUnserved = 0, MissingInvalid = 1, ValidCovered = 2, Adds = 3;
    private const int Devices = 2, Times = 4;   // of usable samples, behind the extent of all

    private readonly bool _keepsGrid = desk.Context.Needs.HasFlag(TableNeeds.Grid);
    private readonly bool _isBySpan = desk.Context.KeepsSpans;
    private readonly RangeMark _strong = new(desk.Context.Query.Profile.RsrpThreshold, long.MaxValue);
    private readonly RangeMark _clear = new(desk.Context.Query.Profile.SinrThreshold, long.MaxValue);
    private readonly PaneClock _spans = desk.Context.NewSpanClock();
    private readonly GridPosition _positions = new(desk.Context);
    private readonly long[] _numbers = new long[RowChunk.Capacity];
    private readonly ValueCells? _rsrpValues = Values(desk);
    private readonly ValueCells? _sinrValues = Values(desk);
    private readonly ulong[] _unserved = RowMask.New();
    private readonly ulong[] _missing = RowMask.New();
    private readonly ulong[] _invalid = RowMask.New();
    private readonly ulong[] _valid = RowMask.New();
    private readonly ulong[] _covered = RowMask.New();
    private readonly ulong[] _mask = RowMask.New();

    /// <inheritdoc/>
    public override void Settle()
    {
        base.Settle();
        _rsrpValues?.Clear();
        _sinrValues?.Clear();
    }

    /// <inheritdoc/>
    public override void Free()
    {
        base.Free();
        _rsrpValues?.Clear();
        _sinrValues?.Clear();
    }

    protected override bool Feeding(RowChunk chunk, Span<ulong> rows)
    {
        if (chunk.Has(Lane.Cell) || chunk.Has(Lane.Rat))
        {
            BitmapKernel.Fill(rows, chunk.Length);
            return true;
        }

        var sinr = _mask.AsSpan(0, rows.Length);
        var any = Present(chunk, Lane.Rsrp, rows) | Present(chunk, Lane.Sinr, sinr);
        BitmapKernel.Or(rows, sinr, rows);
        return any;
    }

    protected override (FoldSheet Sheet, PlaceFinder Places) Bind(RowChunk chunk) => (
        NewSheet(Adds, _isBySpan ? 6 : chunk.Has(Lane.Device) ? 4 : 2),
        Desk.BySpan(chunk));

    protected override void Fold(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        State.ScopeConflicts += Scope.Contradictions(rows);
        Classify(chunk, rows);
        var words = rows.Length;
        Sheet.Count(RowsUnserved, rows, _unserved.AsSpan(0, words));
        Sheet.Count(MissingInvalid, _missing.AsSpan(0, words), _invalid.AsSpan(0, words));
        Sheet.Count(ValidCovered, _valid.AsSpan(0, words), _covered.AsSpan(0, words));
        Seen(chunk, words);
        if (_rsrpValues is not null)
        {
            KeepValues(chunk, rows);
        }

        if (_keepsGrid)
        {
            CountGrid(chunk, rows);
        }
    }

    protected override void Settle(int place, ReadOnlySpan<long> record)
    {
        var key = new PaneKey(FoldDesk.LeafOf(Places, place), Places.Part(place, FoldDesk.Pane));
        var cell = new RadioCell
        {
            Rows = Evidence(record, Sheet.Maxima),
            Counts = new CoverageCounts
            {
                Unserved = High(record[RowsUnserved]),
                Missing = Low(record[MissingInvalid]),
                Invalid = High(record[MissingInvalid]),
                Valid = Low(record[ValidCovered]),
                Covered = High(record[ValidCovered]),
            },
        };
        State.Radio[key].Merge(cell.Counts.Usable == 0 ? cell : Seen(cell, key.Pane, record[Sheet.Maxima..]));
        if (_rsrpValues is not null)
        {
            State.Values.Add(new QuantileKey(ValueKind.Rsrp, key), _rsrpValues, place);
            State.Values.Add(new QuantileKey(ValueKind.Sinr, key), _sinrValues!, place);
        }
    }

    protected override ref RowEvidence Place(RowChunk chunk, int row, out PaneKey evidence)
    {
        evidence = new PaneKey(Scope.LeafOf(row, withProduct: false), Desk.AsidePaneOf(chunk.Time[row]));
        return ref State.Radio.At(State.Radio.Slot(evidence)).Rows;
    }

    // precedence: UNSERVED, MISSING, INVALID, VALID; RSRP and SINR each have a class and the sample takes the first of them
    private void Classify(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        var words = rows.Length;
        var mask = _mask.AsSpan(0, words);
        var unserved = _unserved.AsSpan(0, words);
        unserved.Clear();
        if (chunk.Has(Lane.Cell))
        {
            BitmapKernel.NotNegative(chunk.Keys(Lane.Cell).AsSpan(0, chunk.Length), mask);
            BitmapKernel.AndNot(rows, mask, unserved);
        }

        if (chunk.Has(Lane.Rat))
        {
            RangeKernel.Mark(chunk.Keys(Lane.Rat).AsSpan(0, chunk.Length), RadioAccess.Other, RadioAccess.Other, mask);
            BitmapKernel.And(rows, mask, mask);
            BitmapKernel.Or(unserved, mask, unserved);
        }

        var missing = _missing.AsSpan(0, words);
        var invalid = _invalid.AsSpan(0, words);
        var valid = _valid.AsSpan(0, words);
        BitmapKernel.And(chunk.Valid(Lane.Rsrp)[..words], chunk.Valid(Lane.Sinr)[..words], valid);
        BitmapKernel.And(valid, rows, valid);
        BitmapKernel.AndNot(valid, unserved, valid);
        missing.Clear();
        BitmapKernel.AndNot(rows, unserved, invalid);
        BitmapKernel.AndNot(invalid, valid, invalid);   // what is left is missing or invalid
        if (RowMask.Any(invalid))
        {
            Missing(chunk, Lane.Rsrp, missing, mask);
            Missing(chunk, Lane.Sinr, missing, mask);
            BitmapKernel.And(missing, invalid, missing);
            BitmapKernel.AndNot(invalid, missing, invalid);
        }

        var covered = _covered.AsSpan(0, words);
        _strong.Mark(chunk, Lane.Rsrp, covered);
        _clear.Mark(chunk, Lane.Sinr, mask);
        BitmapKernel.And(covered, mask, covered);
        BitmapKernel.And(covered, valid, covered);
    }

    private static ValueCells? Values(FoldDesk desk) =>
        desk.Context.Needs.HasFlag(TableNeeds.RadioValues) ? new ValueCells(desk.Context.Budget, "the values of radio samples") : null;

    // RSRP is below zero and kept negated: values from zero on are kept short
    private void KeepValues(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        var words = rows.Length;
        var served = _mask.AsSpan(0, words);
        BitmapKernel.AndNot(rows, _unserved.AsSpan(0, words), served);
        BitmapKernel.And(served, chunk.Valid(Lane.Rsrp)[..words], served);
        var rsrp = chunk.Values(Lane.Rsrp);
        for (var row = 0; row < chunk.Length; row++)
        {
            _numbers[row] = unchecked(-rsrp[row]);
        }

        Append(_rsrpValues!, _numbers.AsSpan(0, chunk.Length), served);
        BitmapKernel.AndNot(rows, _unserved.AsSpan(0, words), served);
        BitmapKernel.And(served, chunk.Valid(Lane.Sinr)[..words], served);
        Append(_sinrValues!, chunk.Values(Lane.Sinr).AsSpan(0, chunk.Length), served);
    }

    private void Append(ValueCells values, ReadOnlySpan<long> numbers, ReadOnlySpan<ulong> rows)
    {
        var units = Places.Units;
        if (units.ByRuns)
        {
            values.AppendRuns(units.Places, units.Ends, numbers, rows);
        }
        else
        {
            values.AppendRows(units.Places, numbers, rows);
        }
    }

    private static void Missing(RowChunk chunk, Lane lane, Span<ulong> missing, Span<ulong> mask)
    {
        var classes = chunk.Classes(lane).AsSpan(0, chunk.Length);
        BitmapKernel.Equal(classes, ValueClass.Missing, mask);
        BitmapKernel.Or(missing, mask, missing);
        BitmapKernel.Equal(classes, ValueClass.NotANumber, mask);
        BitmapKernel.Or(missing, mask, missing);
    }

    // which devices and days the usable samples are of: the least and the greatest tell whether there is one
    private void Seen(RowChunk chunk, int words)
    {
        var usable = _mask.AsSpan(0, words);
        BitmapKernel.Or(_valid.AsSpan(0, words), _unserved.AsSpan(0, words), usable);
        if (chunk.Has(Lane.Device))
        {
            var devices = chunk.Keys(Lane.Device);
            for (var row = 0; row < chunk.Length; row++)
            {
                _numbers[row] = devices[row];
            }

            Sheet.Max(Sheet.Maxima + Devices, _numbers, usable, negate: true);
            Sheet.Max(Sheet.Maxima + Devices + 1, _numbers, usable, negate: false);
        }

        if (_isBySpan)
        {
            Sheet.Max(Sheet.Maxima + Times, chunk.Time, usable, negate: true);
            Sheet.Max(Sheet.Maxima + Times + 1, chunk.Time, usable, negate: false);
        }
    }

    private RadioCell Seen(RadioCell cell, int pane, ReadOnlySpan<long> maxima)
    {
        var hasDevices = maxima.Length > Devices + 1 && maxima[Devices + 1] != long.MinValue;
        var device = hasDevices && -maxima[Devices] == maxima[Devices + 1] ? (int)maxima[Devices + 1] : -1;
        var (first, last) = _isBySpan
            ? (Context.Clock.DayOf(-maxima[Times]), Context.Clock.DayOf(maxima[Times + 1]))
            : (_spans.DayOf(pane), _spans.DayOf(pane));
        return cell.Seen(device >= 0 ? 1 : 2, device, first == last ? 1 : 2, first);
    }

    private void CountGrid(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        _positions.Begin(chunk);
        var units = Places.Units;
        var (unit, end) = (-1, 0);
        var (place, pane, leaf) = (-1, 0, Leaf.None);
        for (var row = RowMask.Next(rows, 0); row >= 0; row = row + 1 < chunk.Length ? RowMask.Next(rows, row + 1) : -1)
        {
            if (_positions.Of(chunk, row) is not { } at)
            {
                continue;
            }

            while (units.ByRuns && row >= end)
            {
                end = units.Ends[++unit];
            }

            if (place != units.Places[units.ByRuns ? unit : row])
            {
                place = units.Places[units.ByRuns ? unit : row];
                (leaf, pane) = (FoldDesk.LeafOf(Places, place) with { Device = -1 }, Places.Part(place, FoldDesk.Pane));
            }

            ref var counts = ref State.Grid[new GridKey(leaf, pane, at.Floor, at.X, at.Y)];
            counts.Unserved += RowMask.Has(_unserved, row) ? 1 : 0;
            counts.Missing += RowMask.Has(_missing, row) ? 1 : 0;
            counts.Invalid += RowMask.Has(_invalid, row) ? 1 : 0;
            counts.Valid += RowMask.Has(_valid, row) ? 1 : 0;
            counts.Covered += RowMask.Has(_covered, row) ? 1 : 0;
        }
    }
}
