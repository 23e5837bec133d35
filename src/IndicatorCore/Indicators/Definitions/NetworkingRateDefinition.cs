using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Networking rate of key devices, <c>knr</c> (indicator-definitions 2).</summary>
internal sealed class NetworkingRateDefinition : IndicatorDefinition
{
    private const string Sustained = "knr.sustained";
    private const string Unregistered = "n_unregistered";

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "knr",
        ChineseName = "关键设备联网率",
        EnglishName = "Networking rate of key devices",
        Formula = "|{d in K: evidence on ≥ q(d) local days of W}| / |K|; basic q = 1, sustained q = ⌈0.8 · in-service days⌉",
        Unit = "ratio",
        Needs =
        [
            new() { Source = "connectivity", Required = ["event_ts", "device"], Optional = ["online", "link"] },
            new() { Source = IndicatorNeed.Registry, Required = ["devices", "lines"] },
        ],
        State = "one bitmap of devices by local day and link class",
        Weights = "key devices; distinct devices by union, never by adding days",
        PublicationRule = "at least 5 key devices (3 for a workshop or line); completeness below 80 % warns, below 50 % suppresses",
        Parts = [Sustained, Unregistered],
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
        var panes = report.State.Connectivity.Keys.Enumerate().Select(static key => key.Pane).Distinct().ToList();
        var plan = report.Plan(panes, report.Panes, report.Profile.NetworkingDays);
        foreach (var level in report.Levels)
        {
            var totals = new GroupedTotals<NetworkingTotals>();
            CountRows(report, level, plan, totals);
            for (var i = 0; i < plan.Windows.Count; i++)
            {
                CountDevices(report, level, plan, i, totals);
            }

            foreach (var group in totals.Groups)
            {
                for (var i = 0; i < plan.Windows.Count; i++)
                {
                    rows.AddRange(Rows(report, level, group, plan.Windows[i], totals.Find(group, i)));
                }
            }
        }

        return rows;
    }

    private static void CountRows(ReportContext report, GroupLevel level, WindowPlan plan, GroupedTotals<NetworkingTotals> totals)
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

    private static Leaf LeafOf(DeviceSpell? spell, int device) => Leaf.None with { Line = spell?.Line ?? -1, Device = device };

    private static long LengthOf(ReportContext report, ReportWindow window, int day) =>
        Math.Min(window.End, report.Clock.StartOf(day + 1)) - Math.Max(window.Start, report.Clock.StartOf(day));

    private static int Ceiling(int numerator, int denominator) => (numerator + denominator - 1) / denominator;

    private IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, NetworkingTotals totals)
    {
        var profile = report.Profile;
        var flags = window.Flags | report.SkipFlag(Description) | (totals.Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None);
        var evidence = totals.Rows.ToEvidence(totals.Valid, totals.Missing, invalid: 0, unserved: 0) with
        {
            Additional = [KeyValuePair.Create("profile", new EvidenceValue { Text = profile.Name })],
        };
        ResultReason? notAvailable = report.Engine.Registry is null ? ResultReason.NoRegistry
            : !report.HasTable(Table) ? ResultReason.MissingColumn
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

        var basic = new IndicatorRow
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
        var sustained = basic with
        {
            Indicator = Sustained,
            Value = totals.KeyDevices == 0 ? null : ExactRatio.ToDouble(totals.Sustained, totals.KeyDevices),
            Numerator = totals.Sustained,
        };
        var unregistered = basic with
        {
            Indicator = Unregistered,
            Definition = $"{Unregistered}@1",
            Unit = "1",
            Value = totals.Unregistered,
            Numerator = totals.Unregistered,
            Denominator = null,
            Flags = flags | (totals.Unregistered > 0 ? ResultFlags.UnregisteredDevices : ResultFlags.None),
        };
        return
        [
            Figure.Judge(basic, notAvailable, suppressed),
            Figure.Judge(sustained, notAvailable, suppressed),

            // a count, not a rate: no denominator can be zero and no minimum applies
            Figure.Judge(unregistered, notAvailable == ResultReason.ZeroDenominator ? null : notAvailable, suppressed: null),
        ];
    }
}
