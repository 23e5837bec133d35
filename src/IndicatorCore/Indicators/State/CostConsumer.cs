using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>Cost rows: exact sums of money by element and period (indicator-definitions 5).</summary>
internal sealed class CostConsumer(FoldDesk desk) : TableConsumer(desk, "cost")
{
    private const int Rows = 0, Outputs = 1, Amount = 2, Output = 3, Adds = 4;

    private readonly int[] _projects = new int[RowChunk.Capacity];
    private readonly int[] _endDays = new int[RowChunk.Capacity];
    private readonly ulong[] _amounts = RowMask.New();
    private readonly ulong[] _outputs = RowMask.New();
    private long _periodEnd = long.MinValue;
    private int _periodEndDay;
    private bool _isPlain;   // no element, mark or end: places are those of other tables

    protected override bool Feeding(RowChunk chunk, Span<ulong> rows) => Present(chunk, Lane.Amount, rows);

    protected override (FoldSheet Sheet, PlaceFinder Places) Bind(RowChunk chunk)
    {
        _isPlain = !chunk.Has(Lane.Element) && !chunk.Has(Lane.IsProjectCost) && !chunk.Has(Lane.PeriodEnd);
        return (NewSheet(Adds, maxima: 2), _isPlain
            ? Desk.ByLeaf(chunk, withProduct: true)
            : Desk.Make(
                withProduct: true,
                static chunk => chunk.Pane,
                static chunk => chunk.Has(Lane.Element) ? chunk.Keys(Lane.Element) : null,
                chunk => chunk.Has(Lane.IsProjectCost) ? _projects : null,
                chunk => chunk.Has(Lane.PeriodEnd) ? _endDays : null));
    }

    protected override void BeforeLocate(RowChunk chunk)
    {
        for (var row = 0; !_isPlain && row < chunk.Length; row++)
        {
            _projects[row] = IsProject(chunk, row) ? 1 : 0;
            _endDays[row] = EndDay(chunk, row);
        }
    }

    protected override void Fold(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        var words = rows.Length;
        var amounts = _amounts.AsSpan(0, words);
        BitmapKernel.And(rows, chunk.Valid(Lane.Amount)[..words], amounts);
        Sheet.Count(Rows, rows, amounts);
        Sum(Amount, chunk, Lane.Amount, amounts);
        if (chunk.Has(Lane.QGood))
        {
            var outputs = _outputs.AsSpan(0, words);
            BitmapKernel.And(rows, chunk.Valid(Lane.QGood)[..words], outputs);
            Sheet.Count(Outputs, outputs);
            Sum(Output, chunk, Lane.QGood, outputs);
        }
    }

    protected override void Settle(int place, ReadOnlySpan<long> record)
    {
        var (element, isProject, end) = _isPlain
            ? (-1, false, CostKey.NoEnd)
            : (Places.Part(place, FoldDesk.Extra), Places.Part(place, FoldDesk.Extra + 1) > 0, Places.Part(place, FoldDesk.Extra + 2, CostKey.NoEnd));
        ref var sums = ref State.Cost[
            new CostKey(FoldDesk.LeafOf(Places, place), element, isProject, Places.Part(place, FoldDesk.Pane), end)];
        sums.Rows.Merge(Evidence(record, Sheet.Maxima));
        sums.Rows.CheckShort();
        sums.ValidRows += (uint)High(record[Rows]);
        sums.MissingRows += (uint)(Low(record[Rows]) - High(record[Rows]));
        sums.Amount.Add(Sum96.Of(Sheet.SumOf(place, Amount))!.Value);
        sums.OutputRows += (uint)Low(record[Outputs]);
        sums.Output.Add(Sum96.Of(Sheet.SumOf(place, Output))!.Value);
    }

    protected override ref RowEvidence Place(RowChunk chunk, int row, out PaneKey evidence)
    {
        evidence = new PaneKey(Scope.LeafOf(row, Context.ByProduct), chunk.Pane[row]);
        var key = new CostKey(
            Scope.LeafOf(row, withProduct: true),
            chunk.Has(Lane.Element) ? chunk.Keys(Lane.Element)[row] : -1,
            IsProject(chunk, row),
            chunk.Pane[row],
            EndDay(chunk, row));
        return ref State.Cost.At(State.Cost.Slot(key)).Rows;
    }

    private static bool IsProject(RowChunk chunk, int row) => chunk.Has(Lane.IsProjectCost)
        && chunk.Classes(Lane.IsProjectCost)[row] == ValueClass.Valid && chunk.Values(Lane.IsProjectCost)[row] != 0;

    private int EndDay(RowChunk chunk, int row)
    {
        if (!chunk.Has(Lane.PeriodEnd) || chunk.Classes(Lane.PeriodEnd)[row] != ValueClass.Valid)
        {
            return CostKey.NoEnd;
        }

        var instant = chunk.Values(Lane.PeriodEnd)[row];
        if (instant != _periodEnd)
        {
            _periodEnd = instant;
            _periodEndDay = Context.Clock.DayAtOrAfter(instant);
        }

        return _periodEndDay;
    }
}
