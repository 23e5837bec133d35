using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.State;

/// <summary>What the indicators of production support keep (indicator-definitions 7).</summary>
internal sealed class SupportState
{
    /// <summary>An empty state.</summary>
    public SupportState(MemoryBudget budget)
    {
        Oee = new(budget, "times of production by scope and day");
        Ratios = [.. Enum.GetValues<RatioKind>().Select(_ => new SlotStore<ProductionKey, RatioSums>(budget, "sums of output by scope, unit and day"))];
        Stops = new(budget, "stops by line and day");
        Readings = new(budget, "meter readings by meter and day");
    }

    /// <summary>Planned, actual and ideal times.</summary>
    public SlotStore<PaneKey, OeeSums> Oee { get; }

    /// <summary>Ratios of sums, by <see cref="RatioKind"/>.</summary>
    public SlotStore<ProductionKey, RatioSums>[] Ratios { get; }

    /// <summary>Stops of lines.</summary>
    public TimedValueStore Stops { get; }

    /// <summary>Readings of cumulative meters.</summary>
    public TimedValueStore Readings { get; }

    /// <summary>Adds another state, its numbers translated first.</summary>
    public void MergeFrom(SupportState other, StateKeyMap map)
    {
        Oee.MergeFrom(other.Oee, map);
        for (var kind = 0; kind < Ratios.Length; kind++)
        {
            Ratios[kind].MergeFrom(other.Ratios[kind], map);
        }

        Stops.MergeFrom(other.Stops, map);
        Readings.MergeFrom(other.Readings, map);
    }

    /// <summary>Takes over another state of the same engine, which is empty afterwards.</summary>
    public void TakeFrom(SupportState other)
    {
        var same = new StateKeyMap();
        Oee.TakeFrom(other.Oee, same);
        for (var kind = 0; kind < Ratios.Length; kind++)
        {
            Ratios[kind].TakeFrom(other.Ratios[kind], same);
        }

        Stops.MergeFrom(other.Stops, same);
        Readings.MergeFrom(other.Readings, same);
        other.Clear();
    }

    /// <summary>Gives the memory back.</summary>
    public void Clear()
    {
        Oee.Clear();
        Array.ForEach(Ratios, static store => store.Clear());
        Stops.Clear();
        Readings.Clear();
    }
}
