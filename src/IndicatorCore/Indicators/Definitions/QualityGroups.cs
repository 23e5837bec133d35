using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>What the state of each table says of the quality of its rows, by group and window: what the indicators of data quality share (indicator-definitions 10).</summary>
internal static class QualityGroups
{
    /// <summary>The states that it is taken from.</summary>
    public const TableNeeds Needs = TableNeeds.Connectivity | TableNeeds.Radio | TableNeeds.Probe | TableNeeds.Production | TableNeeds.Cost | TableNeeds.Energy
        | TableNeeds.Counter | TableNeeds.Session | TableNeeds.Downtime;

    /// <summary>The windows.</summary>
    public static WindowPlan Plan(ReportContext report) =>
        report.Once((typeof(QualityGroups), typeof(WindowPlan)), () => report.Plan(Panes(report), report.Spans));

    /// <summary>The rows of a table by group and window, those of tables that the state has.</summary>
    public static IReadOnlyDictionary<string, GroupedTotals<QualityTotals>> Collect(ReportContext report, GroupLevel level) =>
        report.Once((typeof(QualityGroups), level), () => Count(report, level));

    private static Dictionary<string, GroupedTotals<QualityTotals>> Count(ReportContext report, GroupLevel level)
    {
        var state = report.State;
        var spans = Plan(report);

        // the same windows, asked by the panes of days
        var days = report.Engine.KeepsSpans ? report.Plan([], report.Panes) : spans;
        var tables = new Dictionary<string, GroupedTotals<QualityTotals>>();
        Each(state.Radio, "radio", spans, static key => key, static cell => (cell.Rows, cell.Counts.Valid, cell.Counts.Missing, cell.Counts.Invalid, cell.Counts.Unserved));
        Each(state.Probe, "probe", spans, static key => key, static cell => (cell.Rows, cell.Valid + cell.Lost, cell.Missing, cell.Invalid, 0));
        Each(state.OneWay, "probe", spans, static key => key, static cell => (cell.Rows, cell.Valid + cell.Lost, cell.Missing, cell.Invalid, 0));
        Each(state.Energy, "energy", days, static key => key, static cell => (cell.Rows, cell.Valid, cell.Missing, cell.Invalid, 0));
        Each(
            state.Production,
            "production",
            days,
            static key => new PaneKey(key.Leaf, key.Pane),
            static cell => (cell.Rows, cell.ValidOutputRows, cell.MissingOutputRows, 0, 0));
        Each(state.Cost, "cost", days, static key => new PaneKey(key.Leaf, key.Pane), static cell => (cell.Rows, cell.ValidRows, cell.MissingRows, 0, 0));
        Each(
            state.Support.Stops.Cells,
            "downtime",
            days,
            static key => new PaneKey(key.Leaf, key.Pane),
            static cell => (cell.Rows, cell.Valid, cell.Missing, cell.Invalid, 0));
        Each(
            state.Support.Readings.Cells,
            "energy",
            days,
            static key => new PaneKey(key.Leaf, key.Pane),
            static cell => (cell.Rows, cell.Valid, cell.Missing, cell.Invalid, 0));
        foreach (var table in (string[])["counter", "session"])
        {
            AddArrivals(report, level, spans, table, tables);
        }

        AddConnectivity(report, level, days, tables);
        foreach (var (table, totals) in tables)
        {
            if (table is "radio" or "probe" or "energy" or "production" or "cost" or "downtime")
            {
                var plan = table is "radio" or "probe" ? spans : days;
                var clock = ReferenceEquals(plan, spans) ? report.Spans : report.Panes;
                report.AddQuarantined(table, level, plan, (place, _) => (place.Leaf, clock.DayOf(place.Pane)), (group, window) => totals[group, window].Rows);
            }
        }

        return tables;

        void Each<TKey, TCell>(
            SlotStore<TKey, TCell> store,
            string table,
            WindowPlan plan,
            Func<TKey, PaneKey> placeOf,
            Func<TCell, (RowEvidence Rows, long Valid, long Missing, long Invalid, long Unserved)> countsOf)
            where TKey : struct, IEquatable<TKey>
            where TCell : struct, IMergeable<TCell>
        {
            var clock = ReferenceEquals(plan, spans) ? report.Spans : report.Panes;
            for (var slot = 0; slot < store.Count; slot++)
            {
                var place = placeOf(store.Keys[slot]);
                if (plan.Of(place.Pane) is not (>= 0 and var window))
                {
                    continue;
                }

                var (rows, valid, missing, invalid, unserved) = countsOf(store.Cells[slot]);
                var leaf = report.Engine.ByDevice ? place.Leaf : place.Leaf with { Device = -1 };
                foreach (var group in level.GroupsOf(leaf, clock.DayOf(place.Pane)))
                {
                    Of(tables, table)[group, window].Add(rows, valid, missing, invalid, unserved);
                }
            }
        }
    }

    private static void AddArrivals(
        ReportContext report, GroupLevel level, WindowPlan plan, string table, Dictionary<string, GroupedTotals<QualityTotals>> tables)
    {
        var ordinal = ReportContext.OrdinalOf(table);
        var arrivals = report.State.Arrivals;
        for (var slot = 0; slot < arrivals.Count; slot++)
        {
            var (key, cell) = (arrivals.Keys[slot], arrivals.Cells[slot]);
            if (key.Table != ordinal || plan.Of(key.Place.Pane) is not (>= 0 and var window))
            {
                continue;
            }

            foreach (var group in level.GroupsOf(key.Place.Leaf, report.Spans.DayOf(key.Place.Pane)))
            {
                var totals = Of(tables, table)[group, window];
                totals.Add(cell.Rows, cell.Valid, cell.Missing, cell.Invalid);
                if (key.Reason != QuarantineReason.None)
                {
                    totals.Rows.Quarantine(key.Reason, cell.Rows.Received);
                }
            }
        }
    }

    // by the registry's scope at the window's end, as for knr (indicator-definitions 2)
    private static void AddConnectivity(ReportContext report, GroupLevel level, WindowPlan plan, Dictionary<string, GroupedTotals<QualityTotals>> tables)
    {
        if (report.State.Connectivity.Count == 0)
        {
            return;
        }

        var networking = new GroupedTotals<NetworkingTotals>();
        NetworkingGroups.CountRows(report, level, plan, networking);
        foreach (var group in networking.Groups)
        {
            for (var window = 0; window < plan.Windows.Count; window++)
            {
                var rows = networking.Find(group, window);
                if (rows.Rows.Any)
                {
                    Of(tables, "connectivity")[group, window].AddAll(rows.Rows, rows.Valid, rows.Missing);
                }
            }
        }
    }

    private static GroupedTotals<QualityTotals> Of(Dictionary<string, GroupedTotals<QualityTotals>> tables, string table)
    {
        if (!tables.TryGetValue(table, out var totals))
        {
            tables.Add(table, totals = new GroupedTotals<QualityTotals>());
        }

        return totals;
    }

    private static HashSet<int> Panes(ReportContext report)
    {
        var state = report.State;
        var panes = new HashSet<int>();
        if (report.Engine.KeepsSpans)
        {
            return panes;   // one window, whatever the panes are
        }

        panes.UnionWith(state.Radio.Keys.Enumerate().Select(static key => key.Pane));
        panes.UnionWith(state.Probe.Keys.Enumerate().Select(static key => key.Pane));
        panes.UnionWith(state.OneWay.Keys.Enumerate().Select(static key => key.Pane));
        panes.UnionWith(state.Energy.Keys.Enumerate().Select(static key => key.Pane));
        panes.UnionWith(state.Production.Keys.Enumerate().Select(static key => key.Pane));
        panes.UnionWith(state.Cost.Keys.Enumerate().Select(static key => key.Pane));
        panes.UnionWith(state.Support.Stops.Cells.Keys.Enumerate().Select(static key => key.Pane));
        panes.UnionWith(state.Support.Readings.Cells.Keys.Enumerate().Select(static key => key.Pane));
        panes.UnionWith(state.Arrivals.Keys.Enumerate().Select(static key => key.Place.Pane));
        panes.UnionWith(NetworkingGroups.Panes(report));
        panes.UnionWith(state.Values.Keys.Enumerate().Where(static key => key.Kind >= ValueKind.Delay).Select(static key => key.Place.Pane));
        return panes;
    }
}
