using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Key devices and connectivity rows by group and window: what the networking rates and the counts of devices share (indicator-definitions 2).</summary>
internal static class NetworkingGroups
{
    /// <summary>The windows of the rates.</summary>
    public static WindowPlan Plan(ReportContext report) =>
        report.Once((typeof(NetworkingGroups), typeof(WindowPlan)), () => report.Plan(Panes(report), report.Panes, report.Profile.NetworkingDays));

    /// <summary>Panes with connectivity rows.</summary>
    public static IEnumerable<int> Panes(ReportContext report) =>
        report.State.Connectivity.Keys.Enumerate().Select(static key => key.Pane).Distinct();

    /// <summary>The totals of a level, made for the first definition that asks.</summary>
    public static GroupedTotals<NetworkingTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan) =>
        report.Once((typeof(NetworkingGroups), level), () =>
        {
            var totals = new GroupedTotals<NetworkingTotals>();
            CountRows(report, level, plan, totals);
            for (var i = 0; i < plan.Windows.Count; i++)
            {
                CountDevices(report, level, plan, i, totals);
            }

            return totals;
        });

    /// <summary>What holds of every rate of a group in a window: reasons, flags and evidence.</summary>
    public static (ResultReason? NotAvailable, ResultReason? Suppressed, ResultFlags Flags, Evidence Evidence) Judge(
        ReportContext report, GroupLevel level, ReportWindow window, NetworkingTotals totals, IndicatorDescription description)
    {
        var profile = report.Profile;
        var flags = window.Flags | report.SkipFlag(description) | (totals.Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None);
        var evidence = totals.Rows.ToEvidence(totals.Valid, totals.Missing, invalid: 0, unserved: 0) with
        {
            Additional = [KeyValuePair.Create("profile", new EvidenceValue { Text = profile.Name })],
        };
        ResultReason? notAvailable = report.Engine.Registry is null ? ResultReason.NoRegistry
            : !report.HasTable("connectivity") ? ResultReason.MissingColumn
            : level.Has("product") ? ResultReason.GroupNotApplicable
            : totals.KeyDevices == 0 ? ResultReason.ZeroDenominator
            : null;
        ResultReason? suppressed = totals.KeyDevices < (level.IsBelowFactory ? profile.MinimumKeyDevicesOfLine : profile.MinimumKeyDevices)
            ? ResultReason.TooFewDevices
            : null;
        if (report.State.ConnectivityPeriod is > 0 and var period && totals.InService > 0)
        {
            // accepted records of key devices over the records due: in-service time ÷ nominal period
            var accepted = (BigInteger)totals.KeyRows * period;
            BigInteger due = totals.InService;
            evidence = evidence with
            {
                Expected = new ExactNumber(Kernels.FixedPointKernel.RoundHalfEven(due, period)),
                Completeness = ExactRatio.ToDouble(accepted, due),
            };
            if (profile.ApplyCompleteness)
            {
                flags |= 100 * accepted < 80 * due ? ResultFlags.CompletenessWarn : ResultFlags.None;
                suppressed ??= 100 * accepted < 50 * due ? ResultReason.CompletenessLow : null;
            }
        }

        return (notAvailable, suppressed, flags, evidence);
    }

    /// <summary>Adds the connectivity rows of each group and window.</summary>
    public static void CountRows(ReportContext report, GroupLevel level, WindowPlan plan, GroupedTotals<NetworkingTotals> totals)
    {
        var keys = report.State.Connectivity.Keys;
        var cells = report.State.Connectivity.Cells;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var key = keys[slot];
            var window = plan.Of(key.Pane);
            if (window < 0)
            {
                continue;
            }

            var lastDay = report.LastDay(plan.Windows[window]);
            var spell = SpellAt(report, key.Cohort, lastDay);
            foreach (var group in level.GroupsOf(LeafOf(spell, key.Device), lastDay))
            {
                var total = totals[group, window];
                total.Rows.Add(cells[slot].Rows);
                total.Valid += cells[slot].Valid;
                total.Missing += cells[slot].Missing;
                total.KeyRows += spell is { IsKey: true } ? cells[slot].Valid + cells[slot].Missing : 0;
            }
        }

        // the leaf's line stands for the cohort here (ConnectivityConsumer)
        report.AddQuarantined(
            "connectivity",
            level,
            plan,
            (place, window) =>
            {
                var lastDay = report.LastDay(plan.Windows[window]);
                return (LeafOf(SpellAt(report, place.Leaf.Line, lastDay), place.Leaf.Device), lastDay);
            },
            (group, window) => totals[group, window].Rows);
    }

    private static void CountDevices(ReportContext report, GroupLevel level, WindowPlan plan, int index, GroupedTotals<NetworkingTotals> totals)
    {
        if (report.Engine.Registry is not { } registry)
        {
            return;
        }

        var window = plan.Windows[index];
        var lastDay = report.LastDay(window);
        var firstDay = report.Clock.DayOf(window.Start);
        var evidence = report.State.Evidence
            .Where(pane => plan.Of(pane.Key) == index)
            .Select(pane => (Day: report.Panes.DayOf(pane.Key), Devices: pane.Value))
            .ToLookup(static pane => pane.Day, static pane => pane.Devices);
        TouchRegistryGroups(registry, level, lastDay, totals);
        var days = Enumerable.Range(firstDay, lastDay - firstDay + 1)
            .Select(day => (Day: day, Devices: evidence[day].ToArray(), Length: LengthOf(report, window, day)))
            .ToArray();
        for (var device = 0; device < registry.DeviceCount; device++)
        {
            if (registry.At(device, lastDay) is not { IsKey: true } spell)
            {
                continue;
            }

            int seen = 0, inService = 0;
            Int128 time = 0;
            foreach (var (day, devices, length) in days)
            {
                if (registry.At(device, day) is null)
                {
                    continue;
                }

                inService++;
                time += length;
                foreach (var bitmap in devices)
                {
                    if (bitmap.Contains(device))
                    {
                        seen++;
                        break;
                    }
                }
            }

            if (report.Shift is not null)
            {
                (seen, inService) = (Math.Min(seen, 1), Math.Min(inService, 1));   // all of a shift belongs to the day it begins on
            }

            foreach (var group in level.GroupsOf(LeafOf(spell, report.Engine.ByDevice ? device : -1), lastDay))
            {
                var total = totals[group, index];
                total.KeyDevices++;
                total.Networked += seen >= 1 ? 1 : 0;
                total.Sustained += seen >= Ceiling(report.Profile.SustainedPercent * inService, 100) ? 1 : 0;
                total.InService += time;
            }
        }

        var unregistered = days.SelectMany(static day => day.Devices).SelectMany(static devices => devices.Members())
            .Where(device => device >= registry.DeviceCount).Distinct();
        foreach (var device in unregistered)
        {
            foreach (var group in level.GroupsOf(LeafOf(null, report.Engine.ByDevice ? device : -1), lastDay))
            {
                totals[group, index].Unregistered++;
            }
        }
    }

    // every registry group has rows, also where nothing was ever heard of it
    private static void TouchRegistryGroups(RegistryIndex registry, GroupLevel level, int day, GroupedTotals<NetworkingTotals> totals)
    {
        if (level.Has("product"))
        {
            return;
        }

        var leaves = level.Has("device")
            ? Enumerable.Range(0, registry.DeviceCount).Where(device => registry.At(device, day) is not null)
                .Select(device => LeafOf(registry.At(device, day), device))
            : registry.LineNumbers.Select(static line => Leaf.None with { Line = line })
                .Concat(level.IsBelowFactory ? [] : registry.FactoryNumbers.Select(static factory => Leaf.None with { Factory = factory }));
        foreach (var leaf in leaves)
        {
            foreach (var group in level.GroupsOf(leaf, day))
            {
                if (level.Values(group).All(static value => value is not null) || level.IsWhole)
                {
                    totals.Touch(group);
                }
            }
        }
    }

    /// <summary>Where a cohort's devices stand at the window's end; the last place known when they are no longer in service.</summary>
    private static DeviceSpell? SpellAt(ReportContext report, int cohort, int day)
    {
        if (cohort < 0 || report.Engine.Registry is not { } registry)
        {
            return null;
        }

        DeviceSpell? last = null;
        foreach (var spell in registry.Spells(registry.DeviceOf(cohort)))
        {
            if (spell.Days.Contains(day))
            {
                return spell;
            }

            if (spell.Days.Start <= day && (last is null || spell.Days.Start >= last.Value.Days.Start))
            {
                last = spell;
            }
        }

        return last is { } known ? known with { IsKey = false } : null;
    }

    /// <summary>The leaf of a device at a place.</summary>
    public static Leaf LeafOf(DeviceSpell? spell, int device) => Leaf.None with { Line = spell?.Line ?? -1, Device = device };

    private static long LengthOf(ReportContext report, ReportWindow window, int day) =>
        Math.Min(window.End, report.Clock.StartOf(day + 1)) - Math.Max(window.Start, report.Clock.StartOf(day));

    private static int Ceiling(int numerator, int denominator) => (numerator + denominator - 1) / denominator;
}
