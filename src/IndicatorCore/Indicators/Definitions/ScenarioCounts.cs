using IndicatorCore.Aggregation;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Declared scenarios by group, all or those that something bound to them bears out (indicator-definitions 8).</summary>
internal static class ScenarioCounts
{
    /// <summary>Counts by group.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="day">The day on which a scenario must be in force.</param>
    /// <param name="isCounted">Whether a scenario counts; those that do not are still asked about where they are ambiguous.</param>
    public static GroupTally<ScenarioTotals> By(IndicatorRegistry registry, RegistryGroups groups, int day, Predicate<ScenarioRecord> isCounted)
    {
        var date = ReportingClock.DateOf(day);
        var tally = new GroupTally<ScenarioTotals>();
        foreach (var record in registry.Scenarios.Where(record => record.Valid.Contains(date)))
        {
            var (decision, name) = ScenarioNames.Decide(record.Scenario);
            var counts = isCounted(record);
            foreach (var group in groups.Of(record.Factory))
            {
                var totals = tally[group];
                switch (decision)
                {
                    case ScenarioDecision.Ambiguous:
                        totals.HasAmbiguous = true;
                        break;
                    case ScenarioDecision.Other when counts:
                        totals.Others.Add(name);
                        break;
                    case ScenarioDecision.Canonical or ScenarioDecision.AliasOf when counts:
                        totals.Canonical.Add(name);
                        totals.Instances.Add((record.Factory, name));
                        break;
                    default:
                        break;
                }
            }
        }

        return tally;
    }
}
