using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Distinct scenarios of the twenty that data bears out, <c>scenario_count_evidenced</c> (indicator-definitions 8).</summary>
internal sealed class EvidencedScenarioDefinition : IndicatorDefinition
{
    private const string Instances = "scenario_count_evidenced.instances";

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "scenario_count_evidenced",
        ChineseName = "应用场景数量（有数据佐证）",
        EnglishName = "Application scenarios borne out by data",
        Formula = "distinct canonical names declared and bound to a device or application with online evidence in W on at least scenario_days local days "
            + $"(1); {Instances}: distinct (factory, name)",
        Unit = "1",
        Needs =
        [
            new() { Source = "connectivity", Required = ["event_ts", "device"], Optional = ["online"] },
            new() { Source = IndicatorNeed.Registry, Required = ["scenarios"] },
        ],
        State = "one bitmap of devices by local day, as knr",
        Weights = "distinct names by union; instances are added",
        PublicationRule = "always; REVIEW while an ambiguous name is open",
        Parts = [Instances],
        Sources = ["indicator-definitions 8"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Connectivity;

    /// <inheritdoc/>
    public override string Table => "connectivity";

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        if (report.Engine.Registry is not { } index || index.Registry.Scenarios.Count == 0)
        {
            yield break;
        }

        var registry = index.Registry;
        var numbers = registry.Scenarios.SelectMany(static record => record.Devices).Distinct()
            .ToDictionary(static device => device, device => report.Engine.Keys.Devices.Find(device));
        var plan = report.Plan(NetworkingGroups.Panes(report), report.Panes);
        for (var i = 0; i < plan.Windows.Count; i++)
        {
            var window = plan.Windows[i];
            var seen = Seen(report, plan, i, numbers);
            foreach (var level in report.Levels.Where(static level => !level.IsBelowFactory))
            {
                var day = report.LastDay(window);
                foreach (var (group, totals) in ScenarioCounts.By(registry, new RegistryGroups(report, level, day), day, record => record.Devices.Any(seen.Contains)).Groups)
                {
                    var row = new IndicatorRow
                    {
                        Indicator = Description.Id,
                        Definition = Description.Definition,
                        Group = group,
                        WindowStart = window.Start,
                        WindowEnd = window.End,
                        Unit = Description.Unit,
                        Value = totals.Canonical.Count,
                        Numerator = totals.Canonical.Count,
                        Flags = window.Flags | report.SkipFlag(Description) | (totals.HasAmbiguous ? ResultFlags.Review : ResultFlags.None),
                        Evidence = new Evidence(),
                    };
                    ResultReason? notAvailable = report.HasTable(Table) ? null : ResultReason.MissingColumn;
                    yield return Figure.Judge(row, notAvailable, suppressed: null);
                    yield return Figure.Judge(
                        row with { Indicator = Instances, Value = totals.Instances.Count, Numerator = totals.Instances.Count }, notAvailable, suppressed: null);
                }
            }
        }
    }

    // the bound devices with evidence on enough days of a window
    private static HashSet<string> Seen(ReportContext report, WindowPlan plan, int index, Dictionary<string, int> numbers)
    {
        var days = new Dictionary<string, HashSet<int>>();
        foreach (var (pane, devices) in report.State.Evidence.Where(pane => plan.Of(pane.Key) == index))
        {
            foreach (var (device, _) in numbers.Where(device => device.Value >= 0 && devices.Contains(device.Value)))
            {
                if (!days.TryGetValue(device, out var met))
                {
                    days.Add(device, met = []);
                }

                met.Add(report.Panes.DayOf(pane));
            }
        }

        return [.. days.Where(device => device.Value.Count >= report.Profile.ScenarioDays).Select(static device => device.Key)];
    }
}
