using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The groups of a level that rows of the registry belong to on a day, and the windows of registry counts.</summary>
/// <param name="report">The report.</param>
/// <param name="level">The level.</param>
/// <param name="day">The local day on which the registry is looked at.</param>
internal sealed class RegistryGroups(ReportContext report, GroupLevel level, int day)
{
    private static readonly IReadOnlyList<KeyValuePair<string, string?>> s_whole = [];

    /// <summary>Whether groups are zones and nothing else, so that a zone's own figures are theirs.</summary>
    public bool IsByZone => level.Keys is ["zone"];

    /// <summary>
    /// The windows of registry counts and the day on which each looks: by default the instant R, else the last day of the window.
    /// None without any event or --as-of.
    /// </summary>
    public static IReadOnlyList<(ReportWindow Window, int Day)> Windows(ReportContext report)
    {
        if (report.ReferenceDay is not { } reference)
        {
            return [];
        }

        var query = report.Query;
        if (query.Window == Window.Default && !report.IsBounded)
        {
            var instant = report.Clock.StartOf(reference);
            return [(new ReportWindow(instant, instant, IsPartial: false), reference)];
        }

        var last = Math.Min(report.State.LastEvent, Math.Min(report.To ?? long.MaxValue, report.Clock.StartOf(reference)) - 1);
        return [.. report.Plan(report.PanesUntil(last), report.Panes).Windows.Select(window => (window, report.LastDay(window)))];
    }

    /// <summary>The groups of a factory; null = the null group.</summary>
    public IEnumerable<IReadOnlyList<KeyValuePair<string, string?>>> Of(string? factory)
    {
        var leaf = Leaf.None with { Factory = factory is null ? -1 : report.Engine.Keys.Factories.GetOrAdd(factory) };
        foreach (var group in level.GroupsOf(leaf, day).ToArray())
        {
            yield return level.Group(group);
        }
    }

    /// <summary>The group of a zone: where groups are zones, or everything is one group.</summary>
    public IEnumerable<IReadOnlyList<KeyValuePair<string, string?>>> OfZone(string zone)
    {
        var isLeftOut = report.Query.Where.Any(pair => GroupKey.IsKnown(pair.Key) && (pair.Key != "zone" || pair.Value != zone)) || report.Shift?.IsOf(null) == false;
        return isLeftOut ? [] : level.IsWhole ? [s_whole] : IsByZone ? [[KeyValuePair.Create("zone", (string?)zone)]] : [];
    }
}
