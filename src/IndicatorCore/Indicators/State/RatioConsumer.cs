using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>Rows with two measures: exact sums of both over the rows that have both, by unit of output.</summary>
internal sealed class RatioConsumer(FoldDesk desk, string table, RatioKind kind, bool isFirst)
    : SupportConsumer(desk, table, kind == RatioKind.EnergyIntensity ? Lane.Kwh : Lane.QGood, isFirst)
{
    private const int Rows = 0, MissingInvalid = 1, Lone = 2, Numerator = 3, Denominator = 4, LoneNumerator = 5, Adds = 6;

    private readonly RowClasses _classes = new();
    private readonly ulong[] _lone = RowMask.New();
    private readonly (Lane Numerator, Lane Denominator) _lanes = kind switch
    {
        RatioKind.FirstPass => (Lane.QFirstPass, Lane.QStarted),
        RatioKind.Yield => (Lane.QGood, Lane.QTotal),
        RatioKind.EnergyIntensity => (Lane.Kwh, Lane.QGood),
        _ => (Lane.QGood, Lane.QGood),
    };

    private SlotStore<ProductionKey, RatioSums> Store => State.Support.Ratios[(int)kind];

    protected override (FoldSheet Sheet, PlaceFinder Places) Bind(RowChunk chunk) => (
        NewSheet(Adds, maxima: 2),
        chunk.Has(Lane.Unit)
            ? Desk.Make(Context.ByProduct, static chunk => chunk.Pane, static chunk => chunk.Keys(Lane.Unit))
            : Desk.ByLeaf(chunk, Context.ByProduct));

    protected override void Fold(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        _classes.Begin(rows);
        _classes.Need(chunk, _lanes.Numerator);
        _classes.Need(chunk, _lanes.Denominator);
        _classes.End(rows);
        Sheet.Count(Rows, rows, _classes.Valid);
        Sheet.Count(MissingInvalid, _classes.Missing, _classes.Invalid);
        if (RowMask.Any(_classes.Valid))
        {
            Sum(Numerator, chunk, _lanes.Numerator, _classes.Valid);
            Sum(Denominator, chunk, _lanes.Denominator, _classes.Valid);
        }

        var lone = _lone.AsSpan(0, rows.Length);
        if (chunk.Has(_lanes.Numerator))
        {
            BitmapKernel.And(_classes.Missing, chunk.Valid(_lanes.Numerator)[..rows.Length], lone);
            if (RowMask.Any(lone))
            {
                Sheet.Count(Lone, lone);
                Sheet.Sum(LoneNumerator, chunk.Values(_lanes.Numerator), lone, chunk.Magnitude(_lanes.Numerator));
            }
        }
    }

    protected override void Settle(int place, ReadOnlySpan<long> record)
    {
        ref var sums = ref Store[new ProductionKey(FoldDesk.LeafOf(Places, place), Unit(place), Places.Part(place, FoldDesk.Pane))];
        sums.Rows.Merge(Evidence(record, Sheet.Maxima));
        sums.Rows.CheckShort();
        sums.Valid += (uint)High(record[Rows]);
        sums.Missing += (uint)Low(record[MissingInvalid]);
        sums.Invalid += (uint)High(record[MissingInvalid]);
        sums.LoneRows += (uint)Low(record[Lone]);
        sums.Numerator.Add(Sum(place, Numerator));
        sums.Denominator.Add(Sum(place, Denominator));
        sums.LoneNumerator.Add(Sum(place, LoneNumerator));
    }

    protected override ref RowEvidence Place(RowChunk chunk, int row, out PaneKey evidence)
    {
        evidence = Quarantined(chunk, row);
        var key = new ProductionKey(evidence.Leaf, chunk.Has(Lane.Unit) ? chunk.Keys(Lane.Unit)[row] : -1, evidence.Pane);
        return ref Store.At(Store.Slot(key)).Rows;
    }

    private int Unit(int place) => Places.Parts > FoldDesk.Extra ? Places.Part(place, FoldDesk.Extra) : -1;

    private Sum96 Sum(int place, int lane) => Sum96.Of(Sheet.SumOf(place, lane))!.Value;
}
