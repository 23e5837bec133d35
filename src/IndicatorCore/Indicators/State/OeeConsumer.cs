using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// Production rows by the elements of overall equipment effectiveness (indicator-definitions 7). A row counts when all five are valid, so that
/// the parts multiply to the whole; a row without output needs no run time an item, for it is multiplied by nothing.
/// </summary>
internal sealed class OeeConsumer(FoldDesk desk, bool isFirst) : SupportConsumer(desk, "production", Lane.QGood, isFirst)
{
    private const int Rows = 0, MissingInvalid = 1, Planned = 2, Actual = 3, Produced = 4, Good = 6, Adds = 8;
    private const int HalfBits = 32;

    private readonly RowClasses _classes = new();
    private readonly RangeMark _zero = new(0, 0);
    private readonly ulong[] _idle = RowMask.New();
    private readonly ulong[] _mask = RowMask.New();
    private readonly ProductHalves _produced = new();
    private readonly ProductHalves _good = new();

    protected override (FoldSheet Sheet, PlaceFinder Places) Bind(RowChunk chunk) =>
        (NewSheet(Adds, maxima: 2), Desk.ByLeaf(chunk, Context.ByProduct));

    protected override void Fold(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        _classes.Begin(rows);
        _classes.Need(chunk, Lane.PlannedBusy);
        _classes.Need(chunk, Lane.ActualTime);
        _classes.Need(chunk, Lane.QTotal);
        _classes.Need(chunk, Lane.QGood);
        _classes.Need(chunk, Lane.IdealTime, Idle(chunk, rows.Length));
        _classes.End(rows);
        if (RowMask.Any(_classes.Valid))
        {
            Multiply(chunk);
            Sum(Planned, chunk, Lane.PlannedBusy, _classes.Valid);
            Sum(Actual, chunk, Lane.ActualTime, _classes.Valid);
            Sum(Produced, _produced, chunk.Length);
            Sum(Good, _good, chunk.Length);
        }

        Sheet.Count(Rows, rows, _classes.Valid);
        Sheet.Count(MissingInvalid, _classes.Missing, _classes.Invalid);
    }

    protected override void Settle(int place, ReadOnlySpan<long> record)
    {
        ref var sums = ref State.Support.Oee[new PaneKey(FoldDesk.LeafOf(Places, place), Places.Part(place, FoldDesk.Pane))];
        sums.Rows.Merge(Evidence(record, Sheet.Maxima));
        sums.Rows.CheckShort();
        sums.Valid += (uint)High(record[Rows]);
        sums.Missing += (uint)Low(record[MissingInvalid]);
        sums.Invalid += (uint)High(record[MissingInvalid]);
        sums.Planned.Add(Sum96.Of(Sheet.SumOf(place, Planned))!.Value);
        sums.Actual.Add(Sum96.Of(Sheet.SumOf(place, Actual))!.Value);
        sums.Produced += Product(place, Produced);
        sums.Good += Product(place, Good);
    }

    protected override ref RowEvidence Place(RowChunk chunk, int row, out PaneKey evidence)
    {
        evidence = Quarantined(chunk, row);
        return ref State.Support.Oee.At(State.Support.Oee.Slot(evidence)).Rows;
    }

    private Int128 Product(int place, int lane) => (Sheet.SumOf(place, lane) << HalfBits) + Sheet.SumOf(place, lane + 1);

    private void Sum(int lane, ProductHalves product, int rows)
    {
        Sheet.Sum(lane, product.High.AsSpan(0, rows), _classes.Valid, product.Magnitude);
        Sheet.Sum(lane + 1, product.Low.AsSpan(0, rows), _classes.Valid, uint.MaxValue);
    }

    // rows whose quantities are both there and nothing
    private ReadOnlySpan<ulong> Idle(RowChunk chunk, int words)
    {
        if (!chunk.Has(Lane.QTotal) || !chunk.Has(Lane.QGood))
        {
            return default;
        }

        var idle = _idle.AsSpan(0, words);
        var mask = _mask.AsSpan(0, words);
        _zero.Mark(chunk, Lane.QTotal, idle);
        _zero.Mark(chunk, Lane.QGood, mask);
        BitmapKernel.And(idle, mask, idle);
        BitmapKernel.And(idle, chunk.Valid(Lane.QTotal)[..words], idle);
        BitmapKernel.And(idle, chunk.Valid(Lane.QGood)[..words], idle);
        return idle;
    }

    private void Multiply(RowChunk chunk)
    {
        var ideal = chunk.Has(Lane.IdealTime) ? chunk.Values(Lane.IdealTime) : null;
        var total = chunk.Values(Lane.QTotal);
        var good = chunk.Values(Lane.QGood);
        _produced.Begin(chunk.Length);
        _good.Begin(chunk.Length);
        for (var row = RowMask.Next(_classes.Valid, 0); row >= 0; row = row + 1 < chunk.Length ? RowMask.Next(_classes.Valid, row + 1) : -1)
        {
            if (RowMask.Has(_idle, row) || ideal is null)
            {
                continue;   // both are nothing
            }

            var produced = (Int128)ideal[row] * total[row];
            var produce = (Int128)ideal[row] * good[row];
            if (Int128.Abs(produced) >= OeeSums.MostProduct || Int128.Abs(produce) >= OeeSums.MostProduct)
            {
                _classes.Refuse(row);
                continue;
            }

            _produced.Set(row, produced);
            _good.Set(row, produce);
        }
    }

    /// <summary>Products of rows that need more than 64 bits, as two numbers that are summed apart: product = high · 2^32 + low.</summary>
    private sealed class ProductHalves
    {
        public long[] High { get; } = new long[RowChunk.Capacity];

        public long[] Low { get; } = new long[RowChunk.Capacity];

        /// <summary>All high halves are within ± the next power of two.</summary>
        public ulong Magnitude { get; private set; }

        public void Begin(int rows)
        {
            High.AsSpan(0, rows).Clear();
            Low.AsSpan(0, rows).Clear();
            Magnitude = 0;
        }

        public void Set(int row, Int128 product)
        {
            var high = (long)(product >> HalfBits);
            High[row] = high;
            Low[row] = (uint)(ulong)(product & uint.MaxValue);
            Magnitude |= (ulong)(high ^ (high >> 63));
        }
    }
}
