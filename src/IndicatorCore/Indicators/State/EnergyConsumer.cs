using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>Energy rows: the plain exact sum of kWh.</summary>
internal sealed class EnergyConsumer(FoldDesk desk) : TableConsumer(desk, "energy")
{
    private const int Rows = 0, MissingInvalid = 1, Energy = 2, Adds = 3;

    private readonly ulong[] _missing = RowMask.New();
    private readonly ulong[] _nan = RowMask.New();
    private readonly ulong[] _valid = RowMask.New();
    private readonly ulong[] _invalid = RowMask.New();

    protected override bool Feeding(RowChunk chunk, Span<ulong> rows) => Present(chunk, Lane.Kwh, rows);

    protected override (FoldSheet Sheet, PlaceFinder Places) Bind(RowChunk chunk) =>
        (NewSheet(Adds, maxima: 2), Desk.ByLeaf(chunk, Context.ByProduct));

    protected override void Fold(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        if (chunk.IsAllValid(Lane.Kwh))
        {
            Sheet.Count(Rows, rows, rows);
            Sum(Energy, chunk, Lane.Kwh, rows);
            return;
        }

        var classes = chunk.Classes(Lane.Kwh).AsSpan(0, chunk.Length);
        var words = rows.Length;
        BitmapKernel.And(rows, chunk.Valid(Lane.Kwh)[..words], _valid);
        BitmapKernel.Equal(classes, ValueClass.Missing, _missing);
        BitmapKernel.Equal(classes, ValueClass.NotANumber, _nan);
        BitmapKernel.Or(_missing, _nan, _missing);
        BitmapKernel.And(rows, _missing.AsSpan(0, words), _missing);
        BitmapKernel.AndNot(rows, _valid.AsSpan(0, words), _invalid);
        BitmapKernel.AndNot(_invalid.AsSpan(0, words), _missing.AsSpan(0, words), _invalid);
        Sheet.Count(Rows, rows, _valid);
        Sheet.Count(MissingInvalid, _missing, _invalid);
        Sheet.Sum(Energy, chunk.Values(Lane.Kwh), _valid, chunk.Magnitude(Lane.Kwh));
    }

    protected override void Settle(int place, ReadOnlySpan<long> record)
    {
        ref var sums = ref State.Energy[new PaneKey(FoldDesk.LeafOf(Places, place), Places.Part(place, FoldDesk.Pane))];
        sums.Rows.Merge(Evidence(record, Sheet.Maxima));
        sums.Rows.CheckShort();
        sums.Valid += (uint)High(record[Rows]);
        sums.Missing += (uint)Low(record[MissingInvalid]);
        sums.Invalid += (uint)High(record[MissingInvalid]);
        sums.Energy.Add(Sum96.Of(Sheet.SumOf(place, Energy))!.Value);
    }

    protected override ref RowEvidence Place(RowChunk chunk, int row, out PaneKey evidence)
    {
        evidence = new PaneKey(Scope.LeafOf(row, Context.ByProduct), chunk.Pane[row]);
        return ref State.Energy.At(State.Energy.Slot(evidence)).Rows;
    }
}
