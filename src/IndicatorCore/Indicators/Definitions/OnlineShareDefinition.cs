using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Share of key devices online at an instant, <c>online_instant</c> (indicator-definitions 2 and 2.1).</summary>
internal sealed class OnlineShareDefinition : IndicatorDefinition
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "online_instant",
        ChineseName = "关键设备瞬时在线率",
        EnglishName = "Share of key devices online at an instant",
        Formula = "|{d in K: an online heartbeat at s with s ≤ t < s + H}| / |K|; t = last instant of W, H = heartbeat timeout of the source, else 3 nominal periods",
        Unit = "ratio",
        Needs =
        [
            new() { Source = "connectivity", Required = ["event_ts", "device"], Optional = ["online"] },
            new() { Source = IndicatorNeed.Registry, Required = ["devices", "lines"] },
        ],
        State = "the end of the last online interval by device and span",
        Weights = "key devices",
        PublicationRule = "at least 5 key devices (3 for a workshop or line); needs a heartbeat timeout or nominal period in the source profile",
        Sources = ["indicator-definitions 2, 2.1"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Connectivity | TableNeeds.Online;

    /// <inheritdoc/>
    public override string Table => "connectivity";

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var rows = new List<IndicatorRow>();
        var plan = report.Plan(NetworkingGroups.Panes(report), report.Panes);
        foreach (var level in report.Levels)
        {
            var totals = new GroupedTotals<NetworkingTotals>();
            NetworkingGroups.CountRows(report, level, plan, totals);
            for (var i = 0; i < plan.Windows.Count; i++)
            {
                Count(report, level, plan.Windows[i], i, totals);
            }

            foreach (var group in totals.Groups)
            {
                for (var i = 0; i < plan.Windows.Count; i++)
                {
                    rows.Add(Row(report, level, group, plan.Windows[i], totals.Find(group, i)));
                }
            }
        }

        return rows;
    }

    private static void Count(ReportContext report, GroupLevel level, ReportWindow window, int index, GroupedTotals<NetworkingTotals> totals)
    {
        if (report.Engine.Registry is not { } registry)
        {
            return;
        }

        // spans end where windows do: the heartbeats of one that starts before the end all lie before it
        var lastDay = report.LastDay(window);
        var spans = report.State.Online.Where(span => span.Value.Latest >= window.End && report.Spans.SpanOf(span.Key).Start < window.End)
            .Select(static span => span.Value).ToArray();
        for (var device = 0; device < registry.DeviceCount; device++)
        {
            if (registry.At(device, lastDay) is not { IsKey: true } spell)
            {
                continue;
            }

            var isOnline = Array.Exists(spans, span => span.Of(device) >= window.End);
            foreach (var group in level.GroupsOf(NetworkingGroups.LeafOf(spell, report.Engine.ByDevice ? device : -1), lastDay))
            {
                var total = totals[group, index];
                total.KeyDevices++;
                total.Networked += isOnline ? 1 : 0;
            }
        }
    }

    private IndicatorRow Row(ReportContext report, GroupLevel level, int group, ReportWindow window, NetworkingTotals totals)
    {
        var (notAvailable, suppressed, flags, evidence) = NetworkingGroups.Judge(report, level, window, totals, Description);
        if (notAvailable is not ResultReason.NoRegistry && report.State.Online.Count == 0 && report.State.ConnectivityPeriod == 0)
        {
            notAvailable = ResultReason.MissingColumn;   // no source says how long a heartbeat holds
        }

        var row = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Value = totals.KeyDevices == 0 ? null : ExactRatio.ToDouble(totals.Networked, totals.KeyDevices),
            Numerator = totals.Networked,
            Denominator = totals.KeyDevices,
            Flags = flags,
            Evidence = evidence,
        };
        return Figure.Judge(row, notAvailable, suppressed);
    }
}
