using IndicatorCore.Aggregation;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.State;

/// <summary>What every table's consumer does alike: dispositions, quarantine and arrival counts.</summary>
internal abstract class TableConsumer(EngineContext context, EngineState state, string table) : ITableConsumer
{
    /// <inheritdoc/>
    public int Table { get; } = TableCatalog.IndexOf(table);

    protected EngineContext Context { get; } = context;

    protected EngineState State { get; } = state;

    protected ScopeReader Scope { get; } = new(context);

    protected PaneClock Clock { get; } = context.NewPaneClock();

    /// <inheritdoc/>
    public void Consume(RowChunk chunk, bool isTelemetry)
    {
        Scope.Begin(chunk, Clock);
        Begin(chunk);
        if (isTelemetry && !FeedsAny(chunk))
        {
            return;   // chunks of wide rows that say nothing of this table are common
        }

        for (var row = 0; row < chunk.Length; row++)
        {
            if (chunk.Disposition[row] == RowDisposition.Ignored || (isTelemetry && !Feeds(chunk, row)))
            {
                continue;
            }

            if (chunk.Time[row] == long.MinValue)
            {
                continue;   // no time, no place: the manifest alone counts it
            }

            ref var rows = ref Place(chunk, row);
            rows.Received++;
            if (chunk.Disposition[row] == RowDisposition.Duplicate)
            {
                rows.Duplicates++;
            }
            else if (chunk.Disposition[row] == RowDisposition.Conflict)
            {
                rows.Conflicts++;
            }
            else if (chunk.Reason[row] != QuarantineReason.None)
            {
                State.Quarantined[new QuarantineKey(Table, Evidence(chunk, row), chunk.Reason[row])].Count++;
            }
            else
            {
                rows.Touch(chunk.Time[row]);
                Update(chunk, row);
            }
        }
    }

    /// <summary>Takes a chunk: finds its lanes.</summary>
    protected abstract void Begin(RowChunk chunk);

    /// <summary>Whether any wide row of a chunk may feed this table: false only when <see cref="Feeds"/> is for every row.</summary>
    protected abstract bool FeedsAny(RowChunk chunk);

    /// <summary>Whether a wide row feeds this table.</summary>
    protected abstract bool Feeds(RowChunk chunk, int row);

    /// <summary>Finds the row's slot and returns its arrival counts.</summary>
    protected abstract ref RowEvidence Place(RowChunk chunk, int row);

    /// <summary>Counts an accepted row in the slot last found by <see cref="Place"/>.</summary>
    protected abstract void Update(RowChunk chunk, int row);

    /// <summary>Where a quarantined row is counted.</summary>
    protected virtual PaneKey Evidence(RowChunk chunk, int row) => new(Scope.LeafOf(row, Context.ByProduct), chunk.Pane[row]);

    /// <summary>Whether <see cref="IsPresent"/> is true of any row.</summary>
    protected static bool IsAnyPresent(RowChunk chunk, Lane lane) =>
        chunk.Has(lane) && chunk.Classes(lane).AsSpan(0, chunk.Length).ContainsAnyExcept(ValueClass.Missing);

    /// <summary>Whether a measure is there at all: not null, be it NaN or invalid.</summary>
    protected static bool IsPresent(RowChunk chunk, Lane lane, int row) =>
        chunk.Has(lane) && chunk.Classes(lane)[row] != ValueClass.Missing;
}
