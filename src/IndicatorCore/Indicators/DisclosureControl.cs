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
    private readonly bool _isApplied;
    private int _primary;
    private int _complementary;

    /// <summary>Control of a report.</summary>
    public DisclosureControl(ReportContext report)
    {
        _report = report;
        _isApplied = report.Profile.ApplyDisclosure && report.Engine.Registry is not null && report.Levels.Any(static level => level.IsDisclosed);
    }

    /// <summary>How it was applied, for the manifest; once every definition is judged.</summary>
    public string Text => !_report.Profile.ApplyDisclosure ? $"not applied: profile {_report.Profile.Name}"
        : _report.Engine.Registry is null ? "not applied: no registry"
        : !_isApplied ? "not applied: no grouping above enterprise"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"applied: at least {_report.Profile.MinimumEnterprises} enterprises, none above {_report.Profile.DominancePercent} % of the denominator, complementary over all levels; {_primary} figures suppressed by rule, {_complementary} besides");

    /// <summary>Judges the groups of a definition in a part of the report: parts share no data.</summary>
    public DisclosureVerdict Judge(IndicatorDefinition definition, ReportContext part)
    {
        if (!_isApplied || !definition.IsDisclosed)
        {
            return new DisclosureVerdict(definition, null, 0);
        }

        var figures = new Dictionary<(string Indicator, long? Window), Dictionary<string, DisclosedGroup>>();
        foreach (var share in definition.Shares(part, part.Once(typeof(DisclosureControl), () => Split(part))))
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

    // apart from the levels asked for, which some totals are kept by
    private static ReportContext Split(ReportContext part) => part.WithoutFloors(
        [
            .. part.Levels.Where(static level => level.IsDisclosed)
                .Select(level => part.NewLevel(part.Levels.Count + level.Ordinal, [.. level.Keys, "enterprise", "factory"])),
        ]);

    private int LevelOf(IReadOnlyList<KeyValuePair<string, string?>> group) =>
        _report.Levels.First(level => level.Keys.SequenceEqual(group.Select(static pair => pair.Key), StringComparer.Ordinal)).Ordinal;
}
