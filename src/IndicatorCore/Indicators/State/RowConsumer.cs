using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// What the consumers of order-dependent indicators do alike: rows go one by one straight into the state, where each is a point, a session or
/// a count of its own.
/// </summary>
/// <param name="desk">What the worker's consumers share.</param>
/// <param name="table">The table.</param>
/// <param name="countsArrivals">Whether rows are counted here, because no other consumer of the table does by scope.</param>
internal abstract class RowConsumer(FoldDesk desk, string table, bool countsArrivals) : ITableConsumer
{
    private readonly int _table = TableCatalog.IndexOf(table);

    protected FoldDesk Desk { get; } = desk;

    protected EngineState State => Desk.State;

    /// <inheritdoc/>
    public void Consume(RowChunk chunk, bool isTelemetry)
    {
        Desk.Scope.Begin(chunk);
        var words = (chunk.Length + 63) >> 6;
        var accepted = chunk.Accepted.AsSpan(0, words);
        for (var row = RowMask.Next(accepted, 0); row >= 0; row = row + 1 < chunk.Length ? RowMask.Next(accepted, row + 1) : -1)
        {
            if (isTelemetry && !Feeds(chunk, row))
            {
                continue;
            }

            var value = Take(chunk, row);
            if (countsArrivals)
            {
                ref var cell = ref Arrivals(chunk, row, QuarantineReason.None);
                cell.Rows.Received++;
                cell.Rows.Touch(chunk.Time[row]);
                cell.Valid += value == ValueClass.Valid ? 1 : 0;
                cell.Missing += ValueClass.IsMissing(value) ? 1 : 0;
                cell.Invalid += value == ValueClass.Invalid ? 1 : 0;
            }
        }

        if (countsArrivals && chunk.HasSetAside)
        {
            CountSetAside(chunk, isTelemetry, chunk.SetAside.AsSpan(0, words));
        }
    }

    /// <inheritdoc/>
    public void Settle()
    {
        // the state has everything already
    }

    /// <inheritdoc/>
    public void Free()
    {
        // nothing is held
    }

    /// <summary>Whether a wide row feeds the table.</summary>
    protected abstract bool Feeds(RowChunk chunk, int row);

    /// <summary>Puts an accepted row into the state, and says of which class it is.</summary>
    protected abstract byte Take(RowChunk chunk, int row);

    /// <summary>The leaf of a row.</summary>
    protected Leaf LeafOf(int row) => Desk.Scope.LeafOf(row, withProduct: false);

    /// <summary>A row's key, -1 where the input has none.</summary>
    protected static int Key(RowChunk chunk, Lane lane, int row) => chunk.Has(lane) ? chunk.Keys(lane)[row] : -1;

    /// <summary>A row's value where it is valid.</summary>
    protected static bool TryValue(RowChunk chunk, Lane lane, int row, out long value)
    {
        value = 0;
        if (!chunk.Has(lane) || chunk.Classes(lane)[row] != ValueClass.Valid)
        {
            return false;
        }

        value = chunk.Values(lane)[row];
        return true;
    }

    private ref ArrivalCell Arrivals(RowChunk chunk, int row, QuarantineReason reason) =>
        ref State.Arrivals.At(State.Arrivals.Slot(new ArrivalKey(_table, new PaneKey(LeafOf(row), reason == QuarantineReason.None ? Desk.SpanPaneOf(chunk.Time[row]) : Desk.AsidePaneOf(chunk.Time[row])), reason)));

    private void CountSetAside(RowChunk chunk, bool isTelemetry, ReadOnlySpan<ulong> rows)
    {
        for (var row = RowMask.Next(rows, 0); row >= 0; row = row + 1 < chunk.Length ? RowMask.Next(rows, row + 1) : -1)
        {
            if (isTelemetry && !Feeds(chunk, row))
            {
                continue;
            }

            var disposition = chunk.Disposition[row];
            var isKept = disposition is RowDisposition.Duplicate or RowDisposition.Conflict;
            ref var cell = ref Arrivals(chunk, row, isKept ? QuarantineReason.None : chunk.Reason[row]);
            cell.Rows.Received++;
            cell.Rows.Duplicates += disposition == RowDisposition.Duplicate ? 1u : 0;
            cell.Rows.Conflicts += disposition == RowDisposition.Conflict ? 1u : 0;
        }
    }
}
