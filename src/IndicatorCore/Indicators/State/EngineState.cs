using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.State.Rows;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// Everything that a report is made of: integers by key and pane. Merging is commutative and associative, so neither the order
/// of batches nor the number of workers can show in a result.
/// </summary>
internal sealed class EngineState
{
    private readonly MemoryBudget _budget;

    /// <summary>An empty state of an engine.</summary>
    /// <param name="context">The engine's.</param>
    /// <param name="isEngines">Whether it is the engine's own, not one of a worker.</param>
    public EngineState(EngineContext context, bool isEngines = false)
    {
        var budget = context.Budget;
        _budget = budget;
        User = [.. context.UserPlans.Select(plan => new UserStore(plan, budget, context.Query.Profile.BucketsQuantiles))];
        Rows = context.Rows is { } rows ? new RowStore(rows) { IsEngines = isEngines } : null;
        Radio = new(budget, "radio samples by scope and day");
        Grid = new(budget, "radio samples by grid cell and day");
        Connectivity = new(budget, "connectivity by cohort and day");
        Production = new(budget, "production by line, product and day");
        Cost = new(budget, "cost by line, product, element and period");
        Energy = new(budget, "energy by scope and day");
        Probe = new(budget, "probes by scope and day");
        OneWay = new(budget, "one-way probes by device and day");
        Values = new(budget, "the values of quantiles by scope and day", context.Query.Profile.BucketsQuantiles);
        Quarantined = new(budget, "quarantined rows by scope and day");
        Support = new(budget);
        Points = new(budget, new PointOrder(context.Keys), context.Spill);
        Points.Most = Math.Min(context.MostPoints, isEngines ? Points.Most : Points.Most / (context.Query.Threads ?? Environment.ProcessorCount));
        Sessions = new(budget, "sessions by scope and device");
        Deadlines = new(budget, "packets with a deadline by scope and day");
        OneWayDeadlines = new(budget, "one-way packets with a deadline by device and day");
        Arrivals = new(budget, "rows of order-dependent indicators by scope and day");
    }

    /// <summary>Rows that wait until it is known which of them count, under <c>--dedup rows</c>; else null.</summary>
    public RowStore? Rows { get; }

    /// <summary>Radio samples.</summary>
    public SlotStore<PaneKey, RadioCell> Radio { get; }

    /// <summary>Radio samples with a position.</summary>
    public SlotStore<GridKey, CoverageCounts> Grid { get; }

    /// <summary>Connectivity rows.</summary>
    public SlotStore<ConnectivityKey, ConnectivityCell> Connectivity { get; }

    /// <summary>Production rows.</summary>
    public SlotStore<ProductionKey, ProductionSums> Production { get; }

    /// <summary>Cost rows.</summary>
    public SlotStore<CostKey, CostSums> Cost { get; }

    /// <summary>Energy rows.</summary>
    public SlotStore<PaneKey, EnergySums> Energy { get; }

    /// <summary>Probes.</summary>
    public SlotStore<PaneKey, ProbeCell> Probe { get; }

    /// <summary>One-way probes by device: those of a device whose clock is wrong are not used.</summary>
    public SlotStore<PaneKey, ProbeCell> OneWay { get; }

    /// <summary>The values of quantiles, by kind (<see cref="ValueKind"/>).</summary>
    public QuantileStore Values { get; }

    /// <summary>Quarantined rows whose place is known.</summary>
    public SlotStore<QuarantineKey, CountCell> Quarantined { get; }

    /// <summary>What the indicators of production support need.</summary>
    public SupportState Support { get; }

    /// <summary>What order-dependent indicators fold in the order of time.</summary>
    public PointStore Points { get; }

    /// <summary>Sessions.</summary>
    public SlotStore<SessionKey, SessionCell> Sessions { get; }

    /// <summary>Packets with a deadline.</summary>
    public SlotStore<DeadlineKey, DeadlineCell> Deadlines { get; }

    /// <summary>The same of one-way packets, by device.</summary>
    public SlotStore<DeadlineKey, DeadlineCell> OneWayDeadlines { get; }

    /// <summary>Rows of the tables that only order-dependent indicators are made of, quarantined ones by reason.</summary>
    public SlotStore<ArrivalKey, ArrivalCell> Arrivals { get; }

    /// <summary>What user-defined indicators need, by plan.</summary>
    public UserStore[] User { get; }

    /// <summary>Devices with online evidence, by pane.</summary>
    public Dictionary<int, DeviceBitmap> Evidence { get; } = [];

    /// <summary>Devices with online evidence over an NR link, by pane.</summary>
    public Dictionary<int, DeviceBitmap> EvidenceNr { get; } = [];

    /// <summary>Devices with online evidence over a link that the row does not name, by pane.</summary>
    public Dictionary<int, DeviceBitmap> EvidenceUnnamed { get; } = [];

    /// <summary>Until when devices are online by their heartbeats, by span pane of the heartbeat.</summary>
    public Dictionary<int, DeviceInstants> Online { get; } = [];

    /// <summary>The tables that any input could feed, by their place in <see cref="TableCatalog.All"/>.</summary>
    public long TablesSeen { get; set; }

    /// <summary>The tables whose batches or inputs were skipped, likewise.</summary>
    public long TablesSkipped { get; set; }

    /// <summary>The tables of inputs that were skipped whole, likewise; apart, for a later run finds them anew.</summary>
    public long TablesOfSkippedInputs { get; set; }

    /// <summary>The lanes that any input had, as bits: what is not among them is MISSING_COLUMN.</summary>
    public long LanesSeen { get; set; }

    /// <summary>The shortest nominal period that a source declared for connectivity, nanoseconds; 0 = none.</summary>
    public long ConnectivityPeriod { get; set; }

    /// <summary>The first accepted event, or <see cref="long.MaxValue"/>.</summary>
    public long FirstEvent { get; set; } = long.MaxValue;

    /// <summary>The last accepted event, interval ends included, or <see cref="long.MinValue"/>.</summary>
    public long LastEvent { get; set; } = long.MinValue;

    /// <summary>Rows whose own line contradicts the registry's.</summary>
    public long ScopeConflicts { get; set; }

    /// <summary>How many slots all stores have together: what memory grows with.</summary>
    public long SlotCount => (long)Radio.Count + Grid.Count + Connectivity.Count + Production.Count + Cost.Count + Energy.Count + Probe.Count + OneWay.Count
        + Values.Count + Quarantined.Count + Points.Slots.Count + Sessions.Count + Deadlines.Count + OneWayDeadlines.Count + Arrivals.Count + User.Sum(static store => (long)store.Count);

    /// <summary>The online instants of a span pane, made now if they are new.</summary>
    public DeviceInstants OnlineOf(int pane)
    {
        if (!Online.TryGetValue(pane, out var instants))
        {
            Online.Add(pane, instants = new DeviceInstants(_budget));
        }

        return instants;
    }

    /// <summary>The bitmap of a pane, made now if it is new.</summary>
    public DeviceBitmap Bitmap(Dictionary<int, DeviceBitmap> panes, int pane)
    {
        if (!panes.TryGetValue(pane, out var bitmap))
        {
            panes.Add(pane, bitmap = new DeviceBitmap(_budget));
        }

        return bitmap;
    }

    /// <summary>Adds another state, its numbers translated first; rows that are kept are left where they are.</summary>
    public void MergeFrom(EngineState other, StateKeyMap map)
    {
        MergeRadio(other, map);
        Grid.MergeFrom(other.Grid, map);
        Connectivity.MergeFrom(other.Connectivity, map);
        Production.MergeFrom(other.Production, map);
        Cost.MergeFrom(other.Cost, map);
        Energy.MergeFrom(other.Energy, map);
        Probe.MergeFrom(other.Probe, map);
        OneWay.MergeFrom(other.OneWay, map);
        Values.MergeFrom(other.Values, map);
        Quarantined.MergeFrom(other.Quarantined, map);
        Support.MergeFrom(other.Support, map);
        Points.MergeFrom(other.Points, map);
        Sessions.MergeFrom(other.Sessions, map);
        Deadlines.MergeFrom(other.Deadlines, map);
        OneWayDeadlines.MergeFrom(other.OneWayDeadlines, map);
        Arrivals.MergeFrom(other.Arrivals, map);
        for (var i = 0; i < User.Length; i++)
        {
            User[i].MergeFrom(other.User[i], map);
        }

        MergeEvidence(other, map);
    }

    /// <summary>Takes over another state of the same engine, which is of no use afterwards: nothing is copied that need not be.</summary>
    public void TakeFrom(EngineState other)
    {
        var same = new StateKeyMap();
        Rows?.TakeFrom(other.Rows!);
        Radio.TakeFrom(other.Radio, same);
        Grid.TakeFrom(other.Grid, same);
        Connectivity.TakeFrom(other.Connectivity, same);
        Production.TakeFrom(other.Production, same);
        Cost.TakeFrom(other.Cost, same);
        Energy.TakeFrom(other.Energy, same);
        Probe.TakeFrom(other.Probe, same);
        OneWay.TakeFrom(other.OneWay, same);
        Values.TakeFrom(other.Values, same);
        Quarantined.TakeFrom(other.Quarantined, same);
        Support.TakeFrom(other.Support);
        Points.TakeFrom(other.Points);
        Sessions.TakeFrom(other.Sessions, same);
        Deadlines.TakeFrom(other.Deadlines, same);
        OneWayDeadlines.TakeFrom(other.OneWayDeadlines, same);
        Arrivals.TakeFrom(other.Arrivals, same);
        for (var i = 0; i < User.Length; i++)
        {
            User[i].TakeFrom(other.User[i]);
        }

        MergeEvidence(other, same);
        other.Clear();
    }

    /// <summary>Gives the memory back; the state is of no use afterwards.</summary>
    public void Clear()
    {
        Rows?.Clear();
        Radio.Clear();
        Grid.Clear();
        Connectivity.Clear();
        Production.Clear();
        Cost.Clear();
        Energy.Clear();
        Probe.Clear();
        OneWay.Clear();
        Values.Clear();
        Quarantined.Clear();
        Support.Clear();
        Points.Clear();
        Sessions.Clear();
        Deadlines.Clear();
        OneWayDeadlines.Clear();
        Arrivals.Clear();
        Array.ForEach(User, static store => store.Clear());
        foreach (var bitmap in Evidence.Values.Concat(EvidenceNr.Values).Concat(EvidenceUnnamed.Values))
        {
            bitmap.Clear();
        }

        foreach (var instants in Online.Values)
        {
            instants.Clear();
        }
    }

    private void MergeEvidence(EngineState other, StateKeyMap map)
    {
        MergeBitmaps(Evidence, other.Evidence, map.Devices);
        MergeBitmaps(EvidenceNr, other.EvidenceNr, map.Devices);
        MergeBitmaps(EvidenceUnnamed, other.EvidenceUnnamed, map.Devices);
        foreach (var (pane, instants) in other.Online)
        {
            OnlineOf(pane).MergeFrom(instants, map.Devices);
        }

        TablesSeen |= other.TablesSeen;
        TablesSkipped |= other.TablesSkipped;
        TablesOfSkippedInputs |= other.TablesOfSkippedInputs;
        LanesSeen |= other.LanesSeen;
        ConnectivityPeriod = ConnectivityPeriod == 0 ? other.ConnectivityPeriod
            : other.ConnectivityPeriod == 0 ? ConnectivityPeriod
            : Math.Min(ConnectivityPeriod, other.ConnectivityPeriod);
        FirstEvent = Math.Min(FirstEvent, other.FirstEvent);
        LastEvent = Math.Max(LastEvent, other.LastEvent);
        ScopeConflicts += other.ScopeConflicts;
    }

    // cells remember the only device by its number, which another engine gave otherwise
    private void MergeRadio(EngineState other, StateKeyMap map)
    {
        for (var slot = 0; slot < other.Radio.Count; slot++)
        {
            var cell = other.Radio.Cells[slot];
            var device = cell.OnlyDevice;
            Radio[map.Map(other.Radio.Keys[slot])].Merge(device >= 0 && map.Devices.Length > 0 ? cell.WithDevice(map.Devices[device]) : cell);
        }
    }

    private void MergeBitmaps(Dictionary<int, DeviceBitmap> target, Dictionary<int, DeviceBitmap> source, int[] map)
    {
        foreach (var (pane, bitmap) in source)
        {
            Bitmap(target, pane).MergeFrom(bitmap, map);
        }
    }
}
