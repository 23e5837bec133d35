using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State;

/// <summary>Cost rows: exact sums of money by element and period (indicator-definitions 5).</summary>
internal sealed class CostConsumer(EngineContext context, EngineState state) : TableConsumer(context, state, "cost")
{
    private CostKey _key;
    private int _slot = -1;
    private long _periodEnd = long.MinValue;
    private int _periodEndDay;

    protected override void Begin(RowChunk chunk)
    {
    }

    protected override bool FeedsAny(RowChunk chunk) => IsAnyPresent(chunk, Lane.Amount);

    protected override bool Feeds(RowChunk chunk, int row) => IsPresent(chunk, Lane.Amount, row);

    protected override ref RowEvidence Place(RowChunk chunk, int row)
    {
        var end = CostKey.NoEnd;
        if (chunk.Has(Lane.PeriodEnd) && chunk.Classes(Lane.PeriodEnd)[row] == ValueClass.Valid)
        {
            var instant = chunk.Values(Lane.PeriodEnd)[row];
            if (instant != _periodEnd)
            {
                _periodEnd = instant;
                _periodEndDay = Context.Clock.DayAtOrAfter(instant);
            }

            end = _periodEndDay;
        }

        var isProject = chunk.Has(Lane.IsProjectCost) && chunk.Classes(Lane.IsProjectCost)[row] == ValueClass.Valid
            && chunk.Values(Lane.IsProjectCost)[row] != 0;
        var key = new CostKey(
            Scope.LeafOf(row, withProduct: true),
            chunk.Has(Lane.Element) ? chunk.Keys(Lane.Element)[row] : -1,
            isProject,
            chunk.Pane[row],
            end);
        if (_slot < 0 || !key.Equals(_key))
        {
            _key = key;
            _slot = State.Cost.Slot(key);
        }

        return ref State.Cost.At(_slot).Rows;
    }

    protected override void Update(RowChunk chunk, int row)
    {
        ref var sums = ref State.Cost.At(_slot);
        sums.Rows.CheckShort();
        if (chunk.Classes(Lane.Amount)[row] == ValueClass.Valid)
        {
            sums.ValidRows++;
            sums.Amount.Add(chunk.Values(Lane.Amount)[row]);
        }
        else
        {
            sums.MissingRows++;
        }

        if (chunk.Has(Lane.QGood) && chunk.Classes(Lane.QGood)[row] == ValueClass.Valid)
        {
            sums.OutputRows++;
            sums.Output.Add(chunk.Values(Lane.QGood)[row]);
        }
    }
}
