using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.State;

/// <summary>Rows that are points of a sequence. They are few, so that each goes into the state by itself.</summary>
internal abstract class TimedValueConsumer(FoldDesk desk, string table, Lane measure, bool isFirst) : SupportConsumer(desk, table, measure, isFirst)
{
    /// <summary>Where the points are kept.</summary>
    protected abstract TimedValueStore Store { get; }

    /// <summary>Whether the product is part of the leaf.</summary>
    protected virtual bool HasProduct => false;

    // no records: rows go into the state at once
    protected override (FoldSheet Sheet, PlaceFinder Places) Bind(RowChunk chunk) => (NewSheet(adds: 1, maxima: 0), Desk.ByLeaf(chunk, HasProduct));

    protected override void Fold(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        for (var row = RowMask.Next(rows, 0); row >= 0; row = row + 1 < chunk.Length ? RowMask.Next(rows, row + 1) : -1)
        {
            var key = Key(chunk, row);
            ref var cell = ref Store.Cells[key];
            cell.Rows.Received++;
            cell.Rows.Touch(chunk.Time[row]);
            switch (Class(chunk, row, out var point))
            {
                case ValueClass.Valid:
                    cell.Valid++;
                    Store.Add(key, point);
                    break;
                case ValueClass.Missing or ValueClass.NotANumber:
                    cell.Missing++;
                    break;
                default:
                    cell.Invalid++;
                    break;
            }
        }
    }

    protected override void Settle(int place, ReadOnlySpan<long> record)
    {
    }

    protected override ref RowEvidence Place(RowChunk chunk, int row, out PaneKey evidence)
    {
        var key = Key(chunk, row);
        evidence = new PaneKey(key.Leaf, key.Pane);
        return ref Store.Cells.At(Store.Cells.Slot(key)).Rows;
    }

    /// <summary>The object of a row within its leaf; -1 = the leaf itself.</summary>
    protected virtual int Object(RowChunk chunk, int row) => -1;

    /// <summary>The class of a row, and its point if it is one.</summary>
    protected abstract byte Class(RowChunk chunk, int row, out TimedValue point);

    private TimedValueKey Key(RowChunk chunk, int row) => new(Scope.LeafOf(row, HasProduct), Object(chunk, row), chunk.Pane[row]);
}
