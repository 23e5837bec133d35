using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Networking rate of key devices over 5G, <c>knr_5g</c> (indicator-definitions 2).</summary>
internal sealed class FiveGNetworkingRateDefinition : IndicatorDefinition
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "knr_5g",
        ChineseName = "关键设备5G联网率",
        EnglishName = "Networking rate of key devices over 5G",
        Formula = "|{d in K: NR evidence on ≥ 1 local day of W}| / |K|; NR evidence: link is NR, or link is absent and the access of the device or of its behind is NR",
        Unit = "ratio",
        Needs =
        [
            new() { Source = "connectivity", Required = ["event_ts", "device"], Optional = ["online", "link"] },
            new() { Source = IndicatorNeed.Registry, Required = ["devices", "lines"] },
        ],
        State = "one bitmap of devices by local day and link class, as knr",
        Weights = "key devices; distinct devices by union, never by adding days",
        PublicationRule = "as knr",
        Sources = ["indicator-definitions 2"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Connectivity;

    /// <inheritdoc/>
    public override string Table => "connectivity";

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var rows = new List<IndicatorRow>();
        var plan = NetworkingGroups.Plan(report);
        foreach (var level in report.Levels)
        {
            var totals = NetworkingGroups.Collect(report, level, plan);
            for (var i = 0; i < plan.Windows.Count; i++)
            {
                Count(report, level, plan, i, totals);
                rows.AddRange(totals.Groups.Select(group => Row(report, level, group, plan.Windows[i], totals.Find(group, i))));
            }
        }

        return rows;
    }

    private static void Count(ReportContext report, GroupLevel level, WindowPlan plan, int index, GroupedTotals<NetworkingTotals> totals)
    {
        if (report.Engine.Registry is not { } registry)
        {
            return;
        }

        var lastDay = report.LastDay(plan.Windows[index]);
        foreach (var device in NrEvidence.Of(report, plan, index).Devices)
        {
            if (registry.At(device, lastDay) is not { IsKey: true } spell)
            {
                continue;
            }

            foreach (var group in level.GroupsOf(NetworkingGroups.LeafOf(spell, report.Engine.ByDevice ? device : -1), lastDay))
            {
                totals[group, index].NetworkedNr++;
            }
        }
    }

    private IndicatorRow Row(ReportContext report, GroupLevel level, int group, ReportWindow window, NetworkingTotals totals)
    {
        var (notAvailable, suppressed, flags, evidence) = NetworkingGroups.Judge(report, level, window, totals, Description);
        if (!NrEvidence.CanBeTold(report) && notAvailable is not ResultReason.NoRegistry)
        {
            notAvailable = ResultReason.MissingColumn;
        }

        var row = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Value = totals.KeyDevices == 0 ? null : ExactRatio.ToDouble(totals.NetworkedNr, totals.KeyDevices),
            Numerator = totals.NetworkedNr,
            Denominator = totals.KeyDevices,
            Flags = flags,
            Evidence = evidence,
        };
        return Figure.Judge(row, notAvailable, suppressed);
    }
}
