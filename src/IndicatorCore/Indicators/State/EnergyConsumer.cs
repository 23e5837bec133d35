using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State;

/// <summary>Energy rows: the plain exact sum of kWh.</summary>
internal sealed class EnergyConsumer(EngineContext context, EngineState state) : TableConsumer(context, state, "energy")
{
    private PaneKey _key;
    private int _slot = -1;

    protected override void Begin(RowChunk chunk)
    {
    }

    protected override bool FeedsAny(RowChunk chunk) => IsAnyPresent(chunk, Lane.Kwh);

    protected override bool Feeds(RowChunk chunk, int row) => IsPresent(chunk, Lane.Kwh, row);

    protected override ref RowEvidence Place(RowChunk chunk, int row)
    {
        var key = new PaneKey(Scope.LeafOf(row, Context.ByProduct), chunk.Pane[row]);
        if (_slot < 0 || !key.Equals(_key))
        {
            _key = key;
            _slot = State.Energy.Slot(key);
        }

        return ref State.Energy.At(_slot).Rows;
    }

    protected override void Update(RowChunk chunk, int row)
    {
        ref var sums = ref State.Energy.At(_slot);
        sums.Rows.CheckShort();
        switch (chunk.Has(Lane.Kwh) ? chunk.Classes(Lane.Kwh)[row] : ValueClass.Missing)
        {
            case ValueClass.Valid:
                sums.Valid++;
                sums.Energy.Add(chunk.Values(Lane.Kwh)[row]);
                break;
            case ValueClass.Missing or ValueClass.NotANumber:
                sums.Missing++;
                break;
            default:
                sums.Invalid++;
                break;
        }
    }
}
