using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;

namespace IndicatorCore.Indicators.State;

/// <summary>What the consumers of production support do alike: several of them may take the rows of one table.</summary>
/// <param name="desk">The worker's.</param>
/// <param name="table">The table.</param>
/// <param name="measure">The measure without which a wide row is none of the table.</param>
/// <param name="isFirst">Whether this consumer counts what is counted once a table: quarantined rows and contradictions of scope.</param>
internal abstract class SupportConsumer(FoldDesk desk, string table, Lane measure, bool isFirst) : TableConsumer(desk, table)
{
    private readonly bool _countsContradictions = isFirst && table == "production";

    /// <summary>The consumers of a table's rows.</summary>
    /// <param name="desk">The worker's.</param>
    /// <param name="binding">The input's.</param>
    /// <param name="table">The table.</param>
    /// <param name="consumers">The table's consumers so far; takes the others.</param>
    /// <param name="hasOther">Whether one of them is of this table.</param>
    public static void AddTo(FoldDesk desk, IBoundInput binding, string table, List<ITableConsumer> consumers, bool hasOther)
    {
        var needs = desk.Context.Needs;
        if (table == "production")
        {
            Add(TableNeeds.Oee, isFirst => new OeeConsumer(desk, isFirst));
            Add(TableNeeds.FirstPass, isFirst => new RatioConsumer(desk, table, RatioKind.FirstPass, isFirst));
            Add(TableNeeds.Scrap, isFirst => new RatioConsumer(desk, table, RatioKind.Yield, isFirst));
            Add(TableNeeds.EnergyIntensity, isFirst => new RatioConsumer(desk, table, RatioKind.Output, isFirst));
        }
        else if (table == "energy" && binding.IsMetered)
        {
            Add(TableNeeds.Energy | TableNeeds.EnergyIntensity, _ => new MeterConsumer(desk));
        }
        else if (table == "energy")
        {
            Add(TableNeeds.EnergyIntensity, isFirst => new RatioConsumer(desk, table, RatioKind.EnergyIntensity, isFirst));
        }

        else if (table == "downtime")
        {
            Add(TableNeeds.Downtime, isFirst => new DowntimeConsumer(desk, isFirst));
        }

        void Add(TableNeeds need, Func<bool, ITableConsumer> make)
        {
            if ((needs & need) != TableNeeds.None)
            {
                consumers.Add(make(!hasOther));
                hasOther = true;
            }
        }
    }

    protected override bool Feeding(RowChunk chunk, Span<ulong> rows) => Present(chunk, measure, rows);

    protected override void Examine(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        if (_countsContradictions)
        {
            State.ScopeConflicts += Scope.Contradictions(rows);
        }
    }

    protected override void Quarantine(in PaneKey evidence, QuarantineReason reason)
    {
        if (isFirst)
        {
            base.Quarantine(evidence, reason);
        }
    }

    protected PaneKey Quarantined(RowChunk chunk, int row) => new(Scope.LeafOf(row, Context.ByProduct), chunk.Pane[row]);
}
