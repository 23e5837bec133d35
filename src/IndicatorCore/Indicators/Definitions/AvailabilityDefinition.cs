using System.Numerics;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Time-weighted availability of devices, <c>link_avail</c> (indicator-definitions 2.1).</summary>
internal sealed class AvailabilityDefinition : GroupedDefinition<AvailabilityTotals>
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "link_avail",
        ChineseName = "时间加权可用率（在线率）",
        EnglishName = "Time-weighted availability",
        Formula = "Σ up / Σ required; up: the union of [t, t + H) over a device's heartbeats in W and in its required time; H: the source's heartbeat_timeout, else "
            + "3 · nominal_period; required: planned operation by the registry's calendar (of the device, else of its line), without one in-service time, of registered devices that were heard in the run or are key devices at the window's end, without a registry all of W for "
            + "every device heard before its end; a device counts where it was last heard before the window's end",
        Unit = "ratio",
        Needs =
        [
            new() { Source = "connectivity", Required = ["event_ts", "device"], Optional = ["online", "line", "factory"] },
        ],
        State = "the set of intervals by scope and device, kept where the source declares heartbeat_timeout or nominal_period",
        Weights = "required time of devices; never the mean of rates",
        PublicationRule = "none; no row where no source declares a period; devices that the registry does not know have no required time (UNREGISTERED_DEVICES)",
        Sources = ["indicator-definitions 1.8, 2.1"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Heartbeat;

    /// <inheritdoc/>
    public override string Table => "connectivity";

    protected override WindowPlan Plan(ReportContext report) => ArrivalTotals.Plan(report, Table);

    // every device once, for all levels
    protected override GroupedTotals<AvailabilityTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan) =>
        report.Once(typeof(AvailabilityTotals), () => CollectAll(report, plan))[level];

    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, AvailabilityTotals totals)
    {
        ResultReason? notAvailable = level.Has("product") ? ResultReason.GroupNotApplicable
            : totals.Required == 0 ? ResultReason.ZeroDenominator
            : null;
        var flags = totals.Flags | (totals.HasUnregistered ? ResultFlags.UnregisteredDevices : ResultFlags.None);
        yield return Figure.Judge(
            NewRow(report, level, group, window, flags, totals.ToEvidence()) with
            {
                Value = totals.Required == 0 ? null : ExactRatio.ToDouble((BigInteger)totals.Up, (BigInteger)totals.Required),
                Numerator = Seconds((BigInteger)totals.Up),
                Denominator = Seconds((BigInteger)totals.Required),
            },
            notAvailable,
            suppressed: null);
    }

    private Dictionary<GroupLevel, GroupedTotals<AvailabilityTotals>> CollectAll(ReportContext report, WindowPlan plan)
    {
        var totals = report.Levels.ToDictionary(static level => level, level => ArrivalTotals.Collect<AvailabilityTotals>(report, level, plan, Table));
        var heard = new HashSet<int>();
        foreach (var timeline in DeviceTimeline.Of(report, PointKind.Heartbeat, DeviceTimeline.Union))
        {
            heard.Add(timeline.Device);
            Add(report, plan, timeline, static _ => true, totals);
        }

        if (report.Engine.Registry is { } registry && heard.Count > 0)
        {
            // as for knr, the last day of a window tells whether a device is a key device
            foreach (var timeline in DeviceTimeline.Silent(report, Enumerable.Range(0, registry.DeviceCount).Where(device => !heard.Contains(device))))
            {
                Add(report, plan, timeline, day => registry.At(timeline.Device, day) is { IsKey: true }, totals);
            }
        }

        return totals;
    }

    private static void Add(
        ReportContext report, WindowPlan plan, DeviceTimeline timeline, Func<int, bool> counts, Dictionary<GroupLevel, GroupedTotals<AvailabilityTotals>> totals)
    {
        for (var i = 0; i < plan.Windows.Count; i++)
        {
            var window = plan.Windows[i];
            var required = timeline.Required(window);
            var isUnregistered = !timeline.IsRegistered && timeline.Up.Within(window.Start, window.End) > 0;
            if (timeline.LeafAt(window.End) is not { } leaf || (required == 0 && !isUnregistered) || !counts(report.LastDay(window)))
            {
                continue;
            }

            var up = timeline.UpTime(window);
            foreach (var level in report.Levels)
            {
                foreach (var group in level.GroupsOf(leaf, report.LastDay(window)))
                {
                    var total = totals[level][group, i];
                    total.Up += up;
                    total.Required += required;
                    total.HasUnregistered |= isUnregistered;
                }
            }
        }
    }
}
