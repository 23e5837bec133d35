using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State;

/// <summary>Production rows: exact sums of output and inputs (indicator-definitions 4).</summary>
internal sealed class ProductionConsumer(EngineContext context, EngineState state) : TableConsumer(context, state, "production")
{
    private ProductionKey _key;
    private int _slot = -1;

    protected override void Begin(RowChunk chunk)
    {
    }

    protected override bool FeedsAny(RowChunk chunk) => IsAnyPresent(chunk, Lane.QGood);

    protected override bool Feeds(RowChunk chunk, int row) => IsPresent(chunk, Lane.QGood, row);

    protected override ref RowEvidence Place(RowChunk chunk, int row)
    {
        var key = new ProductionKey(
            Scope.LeafOf(row, withProduct: true), chunk.Has(Lane.Unit) ? chunk.Keys(Lane.Unit)[row] : -1, chunk.Pane[row]);
        if (_slot < 0 || !key.Equals(_key))
        {
            _key = key;
            _slot = State.Production.Slot(key);
        }

        return ref State.Production.At(_slot).Rows;
    }

    protected override void Update(RowChunk chunk, int row)
    {
        if (Scope.Contradicts(row))
        {
            State.ScopeConflicts++;
        }

        ref var sums = ref State.Production.At(_slot);
        sums.Rows.CheckShort();
        var hasOutput = chunk.Classes(Lane.QGood)[row] == ValueClass.Valid;
        var output = hasOutput ? chunk.Values(Lane.QGood)[row] : 0;
        if (hasOutput)
        {
            sums.ValidOutputRows++;
            sums.Output.Add(output);
            sums.ProducingRows += output > 0 ? 1u : 0u;
        }
        else
        {
            sums.MissingOutputRows++;
        }

        Input(chunk, Lane.Labour, row, hasOutput, output, ref sums.Labour);
        Input(chunk, Lane.Machine, row, hasOutput, output, ref sums.Machine);
    }

    private static void Input(RowChunk chunk, Lane lane, int row, bool hasOutput, long output, ref InputSums sums)
    {
        var hasInput = chunk.Has(lane) && chunk.Classes(lane)[row] == ValueClass.Valid;
        sums.Update(hasOutput, output, hasInput, hasInput ? chunk.Values(lane)[row] : 0);
    }
}
