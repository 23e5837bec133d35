using System.Globalization;
using IndicatorCore.Indicators.Definitions;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators;

/// <summary>
/// Keeps back what would tell of single enterprises: groups above enterprise to which too few contribute or one of which dominates, and
/// those from which these could be told (indicator-definitions 10.1). Without a registry nobody knows whose data it is, and nothing is judged.
/// </summary>
internal sealed class DisclosureControl
{
    private readonly ReportContext _report;
    private readonly ReportContext? _parts;
    private int _primary;
    private int _complementary;

    /// <summary>Control of a report.</summary>
    public DisclosureControl(ReportContext report)
    {
        _report = report;
        var levels = report.Levels.Where(static level => level.IsDisclosed).ToList();
        if (report.Profile.ApplyDisclosure && report.Engine.Registry is not null && levels.Count > 0)
        {
            // apart from the levels asked for, which some totals are kept by
            _parts = report.WithoutFloors(
                [.. levels.Select(level => new GroupLevel(report.Engine, report.Levels.Count + level.Ordinal, [.. level.Keys, "enterprise", "factory"]))]);
        }
    }

    /// <summary>How it was applied, for the manifest; once every definition is judged.</summary>
    public string Text => !_report.Profile.ApplyDisclosure ? $"not applied: profile {_report.Profile.Name}"
        : _report.Engine.Registry is null ? "not applied: no registry"
        : _parts is null ? "not applied: no grouping above enterprise"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"applied: at least {_report.Profile.MinimumEnterprises} enterprises, none above {_report.Profile.DominancePercent} % of the denominator, complementary over all levels; {_primary} figures suppressed by rule, {_complementary} besides");

    /// <summary>Judges the groups of a definition.</summary>
    public DisclosureVerdict Judge(IndicatorDefinition definition)
    {
        if (_parts is null || !definition.IsDisclosed)
        {
            return new DisclosureVerdict(definition, null, 0);
        }

        var figures = new Dictionary<(string Indicator, long? Window), Dictionary<string, DisclosedGroup>>();
        foreach (var share in definition.Shares(_report, _parts))
        {
            var figure = (share.Indicator, share.WindowStart);
            if (!figures.TryGetValue(figure, out var groups))
            {
                figures.Add(figure, groups = []);
            }

            var name = GroupName.Of(share.Group);
            if (!groups.TryGetValue(name, out var group))
            {
                groups.Add(name, group = new DisclosedGroup(LevelOf(share.Group), name));
            }

            group.Add(share);
        }

        foreach (var groups in figures.Values)
        {
            foreach (var group in groups.Values.Where(group => group.Discloses(_report.Profile.MinimumEnterprises, _report.Profile.DominancePercent)))
            {
                group.IsSuppressed = true;
                _primary++;
            }

            _complementary += ComplementarySuppression.Apply(groups.Values);
        }

        return new DisclosureVerdict(definition, figures, _report.Profile.MinimumEnterprises);
    }

    private int LevelOf(IReadOnlyList<KeyValuePair<string, string?>> group) =>
        _report.Levels.First(level => level.Keys.SequenceEqual(group.Select(static pair => pair.Key), StringComparer.Ordinal)).Ordinal;
}
