using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>What definitions share that are made of the registry alone: windows, levels and the form of rows.</summary>
internal abstract class RegistryCountDefinition : IndicatorDefinition
{
    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.None;

    /// <inheritdoc/>
    public override string Table => IndicatorNeed.Registry;

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        if (report.Engine.Registry is not { } registry || !HasAny(registry.Registry))
        {
            yield break;
        }

        // between two days on which the registry changes, every window has the same rows
        var borders = report.Once(typeof(RegistryCountDefinition), () => Borders(registry));
        var known = new Dictionary<(int Level, int Epoch), List<IndicatorRow>>();
        foreach (var (window, day) in RegistryGroups.Windows(report))
        {
            var epoch = borders.BinarySearch(day) is var at && at >= 0 ? at + 1 : ~at;
            foreach (var level in report.Levels)
            {
                if (!known.TryGetValue((level.Ordinal, epoch), out var rows))
                {
                    rows = [.. level.IsBelowFactory ? NotApplicable(report, registry, level, day) : Rows(report, registry, new RegistryGroups(report, level, day), day)];
                    known.Add((level.Ordinal, epoch), rows);
                }

                foreach (var row in rows)
                {
                    yield return row with
                    {
                        WindowStart = window.Start,
                        WindowEnd = window.End,
                        Flags = row.Flags | window.Flags,
                        Status = row.Status == ResultStatus.Published && window.IsPartial ? ResultStatus.PublishedWithWarning : row.Status,
                    };
                }
            }
        }
    }

    /// <summary>Whether the registry has anything that is counted.</summary>
    protected abstract bool HasAny(IndicatorRegistry registry);

    /// <summary>The rows of a level, their windows to be filled in.</summary>
    protected abstract IEnumerable<IndicatorRow> Rows(ReportContext report, RegistryIndex registry, RegistryGroups groups, int day);

    /// <summary>A row of a group, not judged yet.</summary>
    protected IndicatorRow Row(IReadOnlyList<KeyValuePair<string, string?>> group) => new()
    {
        Indicator = Description.Id,
        Definition = Description.Definition,
        Group = group,
        Unit = Description.Unit,
        Evidence = new Evidence(),
    };

    /// <summary>A row of a count.</summary>
    protected IndicatorRow Row(IReadOnlyList<KeyValuePair<string, string?>> group, long count) => Row(group) with { Value = count, Numerator = count };

    private static List<int> Borders(RegistryIndex registry)
    {
        var days = registry.Registry.Assets.Select(static row => row.Valid)
            .Concat(registry.Registry.Scenarios.Select(static row => row.Valid))
            .Concat(registry.Registry.Systems.Select(static row => row.Valid))
            .SelectMany(static valid => new[] { valid.From, valid.To })
            .OfType<DateOnly>()
            .Select(ReportingClock.NumberOf);
        return [.. registry.Borders.Concat(days).Distinct().Order()];
    }

    // inside a factory nothing is counted; whoever asks for it by name is told so
    private IEnumerable<IndicatorRow> NotApplicable(ReportContext report, RegistryIndex registry, GroupLevel level, int day)
    {
        if (!report.Query.Select.Contains(Description.Id) || level.Has("device") || level.Has("product"))
        {
            return [];
        }

        return registry.LineNumbers.SelectMany(line => level.GroupsOf(Leaf.None with { Line = line }, day).ToArray()).Distinct()
            .Select(group => Figure.Judge(Row(level.Group(group)), ResultReason.GroupNotApplicable, suppressed: null));
    }
}
