using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>How long rows took to arrive, ingest_ts − event_ts, by scope, device and pane (indicator-definitions 1.2, 10).</summary>
/// <param name="desk">What the worker's consumers share.</param>
/// <param name="table">The input's table; wide rows are counted once, as such.</param>
internal sealed class DelayConsumer(FoldDesk desk, string table) : TableConsumer(desk, table)
{
    private const int NanosecondsPerUnit = 1_000;   // kept at 10⁻⁶ s, as all times are (indicator-definitions 1.5)
    private const int Rows = 0, Adds = 1;

    private readonly int _kind = ValueKind.Delay + Sources.TableCatalog.IndexOf(table);
    private readonly ValueCells _delays = new(desk.Context.Budget, "how long rows took to arrive");
    private readonly long[] _values = new long[RowChunk.Capacity];
    private readonly ulong[] _known = RowMask.New();
    private RowEvidence _aside;

    /// <inheritdoc/>
    public override void Settle()
    {
        base.Settle();
        _delays.Clear();
    }

    /// <inheritdoc/>
    public override void Free()
    {
        base.Free();
        _delays.Clear();
    }

    protected override bool Feeding(RowChunk chunk, Span<ulong> rows)
    {
        BitmapKernel.Fill(rows, chunk.Length);
        return true;
    }

    protected override (FoldSheet Sheet, PlaceFinder Places) Bind(RowChunk chunk) => (NewSheet(Adds, maxima: 0), Desk.BySpanAndDevice(chunk));

    protected override void Fold(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        var known = _known.AsSpan(0, rows.Length);
        BitmapKernel.And(rows, chunk.Valid(Lane.IngestTs)[..rows.Length], known);
        var ingest = chunk.Values(Lane.IngestTs);
        for (var row = RowMask.Next(known, 0); row >= 0; row = row + 1 < chunk.Length ? RowMask.Next(known, row + 1) : -1)
        {
            _values[row] = Delay(chunk.Time[row], ingest[row]);
        }

        Sheet.Count(Rows, known, default);
        var units = Places.Units;
        if (units.ByRuns)
        {
            _delays.AppendRuns(units.Places, units.Ends, _values.AsSpan(0, chunk.Length), known);
        }
        else
        {
            _delays.AppendRows(units.Places, _values.AsSpan(0, chunk.Length), known);
        }
    }

    protected override void Settle(int place, ReadOnlySpan<long> record) =>
        State.Values.Add(new QuantileKey(_kind, new PaneKey(FoldDesk.LeafOf(Places, place), Places.Part(place, FoldDesk.Pane))), _delays, place);

    // what was set aside says nothing here, and its table counts it
    protected override ref RowEvidence Place(RowChunk chunk, int row, out PaneKey evidence)
    {
        evidence = default;
        return ref _aside;
    }

    protected override void Quarantine(in PaneKey evidence, QuarantineReason reason)
    {
        // counted by the table's own consumer
    }

    // half to even; instants span 584 years, so that a difference may leave 64 bits
    private static long Delay(long time, long ingest)
    {
        var difference = (Int128)ingest - time;
        var (quotient, rest) = Int128.DivRem(difference, NanosecondsPerUnit);
        var twice = 2 * Int128.Abs(rest);
        return (long)(quotient + (twice > NanosecondsPerUnit || (twice == NanosecondsPerUnit && !Int128.IsEvenInteger(quotient)) ? Int128.Sign(difference) : 0));
    }
}
