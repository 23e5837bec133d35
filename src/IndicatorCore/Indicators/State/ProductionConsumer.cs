using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>Production rows: exact sums of output and inputs (indicator-definitions 4).</summary>
internal sealed class ProductionConsumer(FoldDesk desk) : TableConsumer(desk, "production")
{
    private const int Rows = 0, Producing = 1, Machines = 2, Output = 3, Labour = 4, Machine = 7, Adds = 10;

    private readonly RangeMark _positive = new(1, long.MaxValue);
    private readonly ulong[] _output = RowMask.New();
    private readonly ulong[] _producing = RowMask.New();
    private readonly ulong[] _labour = RowMask.New();
    private readonly ulong[] _machine = RowMask.New();
    private readonly ulong[] _orphan = RowMask.New();

    protected override bool Feeding(RowChunk chunk, Span<ulong> rows) => Present(chunk, Lane.QGood, rows);

    protected override (FoldSheet Sheet, PlaceFinder Places) Bind(RowChunk chunk) => (
        NewSheet(chunk.Has(Lane.Machine) ? Adds : Machine, maxima: 2),
        chunk.Has(Lane.Unit) ? Desk.Make(withProduct: true, static chunk => chunk.Pane, static chunk => chunk.Keys(Lane.Unit)) : Desk.ByLeaf(chunk, withProduct: true));

    protected override void Fold(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        State.ScopeConflicts += Scope.Contradictions(rows);
        var words = rows.Length;
        BitmapKernel.And(rows, chunk.Valid(Lane.QGood)[..words], _output);
        _positive.Mark(chunk, Lane.QGood, _producing);
        BitmapKernel.And(_output.AsSpan(0, words), _producing.AsSpan(0, words), _producing);
        Sheet.Count(Rows, rows, _output.AsSpan(0, words));
        Sum(Output, chunk, Lane.QGood, _output.AsSpan(0, words));
        Input(chunk, Lane.Labour, Labour, rows, _labour);
        Input(chunk, Lane.Machine, Machine, rows, _machine);
        Sheet.Count(Producing, _producing.AsSpan(0, words), _labour.AsSpan(0, words));
        Sheet.Count(Machines, _machine.AsSpan(0, words));
    }

    protected override void Settle(int place, ReadOnlySpan<long> record)
    {
        ref var sums = ref State.Production[
            new ProductionKey(FoldDesk.LeafOf(Places, place), Unit(place), Places.Part(place, FoldDesk.Pane))];
        sums.Rows.Merge(Evidence(record, Sheet.Maxima));
        sums.Rows.CheckShort();
        sums.ValidOutputRows += (uint)High(record[Rows]);
        sums.MissingOutputRows += (uint)(Low(record[Rows]) - High(record[Rows]));
        sums.ProducingRows += (uint)Low(record[Producing]);
        sums.Output.Add(Sum(place, Output));
        sums.Labour.Merge(Input(place, Labour, (uint)High(record[Producing])));
        if (Sheet.Maxima > Machine + 1)
        {
            sums.Machine.Merge(Input(place, Machine, (uint)Low(record[Machines])));
        }
    }

    protected override ref RowEvidence Place(RowChunk chunk, int row, out PaneKey evidence)
    {
        var leaf = Scope.LeafOf(row, withProduct: true);
        evidence = new PaneKey(Scope.LeafOf(row, Context.ByProduct), chunk.Pane[row]);
        var key = new ProductionKey(leaf, chunk.Has(Lane.Unit) ? chunk.Keys(Lane.Unit)[row] : -1, chunk.Pane[row]);
        return ref State.Production.At(State.Production.Slot(key)).Rows;
    }

    private int Unit(int place) => Places.Parts > FoldDesk.Extra ? Places.Part(place, FoldDesk.Extra) : -1;

    // the mask of rows with both output and input is left in both
    private void Input(RowChunk chunk, Lane lane, int first, ReadOnlySpan<ulong> rows, Span<ulong> both)
    {
        both.Clear();
        if (!chunk.Has(lane))
        {
            return;
        }

        var words = rows.Length;
        var valid = chunk.Valid(lane)[..words];
        var output = _output.AsSpan(0, words);
        BitmapKernel.And(output, valid, both);
        if (!RowMask.Any(valid))
        {
            return;
        }

        Sum(first, chunk, Lane.QGood, both[..words]);
        Sum(first + 1, chunk, lane, both[..words]);
        BitmapKernel.AndNot(rows, output, _orphan);
        BitmapKernel.And(_orphan.AsSpan(0, words), valid, _orphan);
        if (RowMask.Any(_orphan.AsSpan(0, words)))
        {
            Sheet.Sum(first + 2, chunk.Values(lane), _orphan.AsSpan(0, words), chunk.Magnitude(lane));
        }
    }

    private InputSums Input(int place, int first, uint rows) => new()
    {
        Rows = rows,
        Output = Sum(place, first),
        Input = Sum(place, first + 1),
        InputWithoutOutput = Sum(place, first + 2),
    };

    private Sum96 Sum(int place, int lane) => Sum96.Of(Sheet.SumOf(place, lane))!.Value;
}
