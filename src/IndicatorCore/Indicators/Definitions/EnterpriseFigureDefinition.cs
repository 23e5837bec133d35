using System.Globalization;
using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// A figure that an enterprise declares in its registry and that is passed through, never computed from telemetry (indicator-definitions 7).
/// </summary>
internal sealed class EnterpriseFigureDefinition : IndicatorDefinition
{
    private const int Scale = 12;
    private const decimal Most = 1e15m;

    private readonly string[] _headings;
    private readonly IReadOnlyDictionary<string, int> _units;

    private EnterpriseFigureDefinition(
        string id, string chinese, string english, string formula, string unit, string[] headings, IReadOnlyDictionary<string, int> units)
    {
        (_headings, _units) = (headings, units);
        Description = new()
        {
            Id = id,
            ChineseName = chinese,
            EnglishName = english,
            Direction = id == "cost_per_100_revenue" ? IndicatorDirection.LowerIsBetter : IndicatorDirection.HigherIsBetter,
            Formula = formula,
            Unit = unit,
            Needs = [new() { Source = IndicatorNeed.Registry, Required = ["factories"] }],
            State = "none: the registry at the end of the window, by default at the reference date",
            Weights = "none: a figure of one enterprise; coarser and finer groups are not applicable",
            PublicationRule = $"where a row of factories has {string.Join(" or ", headings)}, {string.Join(" or ", units.Keys)} in brackets behind it for the unit; rows of one enterprise that differ are no figure (CONFLICT)",
            Sources = ["indicator-definitions 7"],
        };
    }

    /// <summary>Labour productivity, <c>labour_productivity</c>.</summary>
    public static EnterpriseFigureDefinition LabourProductivity { get; } = new(
        "labour_productivity",
        "全员劳动生产率",
        "Labour productivity",
        "value added / average number of employees, as the registry declares it",
        "CNY/person",
        ["全员劳动生产率", "labour_productivity"],
        new Dictionary<string, int> { ["元/人"] = 1, ["万元/人"] = 10_000 });

    /// <summary>Cost of 100 CNY of revenue, <c>cost_per_100_revenue</c>.</summary>
    public static EnterpriseFigureDefinition CostOfRevenue { get; } = new(
        "cost_per_100_revenue",
        "百元营业收入成本",
        "Cost of 100 CNY of revenue",
        "100 · operating cost / operating revenue, as the registry declares it",
        "CNY/100 CNY",
        ["百元营业收入成本", "每百元营业收入中的成本", "cost_per_100_revenue"],
        new Dictionary<string, int> { ["元"] = 1 });

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; }

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.None;

    /// <inheritdoc/>
    public override string Table => IndicatorNeed.Registry;

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var isNamed = report.Query.Select.Contains(Description.Id);
        if (report.Engine.Registry is not { } registry || report.ReferenceDay is null)
        {
            if (isNamed && report.Levels[0].IsWhole)
            {
                yield return Figure.Judge(Row([], default), report.Engine.Registry is null ? ResultReason.NoRegistry : ResultReason.NoData, suppressed: null);
            }

            yield break;
        }

        foreach (var (window, day) in RegistryGroups.Windows(report))
        {
            foreach (var level in report.Levels)
            {
                if (level.Has("enterprise") && !level.Has("factory") && !level.IsBelowFactory)
                {
                    foreach (var row in Rows(report, registry, level, window, day))
                    {
                        yield return row;
                    }
                }
                else if (isNamed)
                {
                    var groups = registry.FactoryNumbers.Where(factory => registry.FactoryAt(factory, day) is not null)
                        .SelectMany(factory => level.GroupsOf(Leaf.None with { Factory = factory }, day).ToArray()).Distinct();
                    foreach (var group in groups)
                    {
                        yield return Figure.Judge(Row(level.Group(group), window), ResultReason.GroupNotApplicable, suppressed: null);
                    }
                }
            }
        }
    }

    private IEnumerable<IndicatorRow> Rows(ReportContext report, RegistryIndex registry, GroupLevel level, ReportWindow window, int day)
    {
        var declared = new SortedDictionary<int, List<(string Text, int Unit)?>>();
        foreach (var factory in registry.FactoryNumbers)
        {
            if (registry.FactoryAt(factory, day) is not { } record)
            {
                continue;
            }

            foreach (var group in level.GroupsOf(Leaf.None with { Factory = factory }, day))
            {
                if (!declared.TryGetValue(group, out var of))
                {
                    declared.Add(group, of = []);
                }

                of.Add(Declared(record.Additional));
            }
        }

        foreach (var (group, of) in declared.Where(static pair => pair.Value.Exists(static text => text is not null)))
        {
            var parsed = of.OfType<(string Text, int Unit)>().Select(Parse).ToList();
            var values = parsed.OfType<BigInteger>().Distinct().ToList();
            var evidence = new Evidence
            {
                Received = of.Count,
                Conflicts = Math.Max(0, values.Count - 1),
                Valid = parsed.Count(static value => value is not null),
                Missing = of.Count(static text => text is null),
                Invalid = parsed.Count(static value => value is null),
            };
            yield return Figure.Judge(
                Row(level.Group(group), window) with
                {
                    Value = values is [var value] ? ExactRatio.ToDouble(value, BigInteger.Pow(10, Scale)) : null,
                    Numerator = values is [var exact] ? new ExactNumber(exact, Scale) : null,
                    Flags = window.Flags | (values.Count > 1 ? ResultFlags.Conflict : ResultFlags.None),
                    Evidence = evidence,
                },
                values.Count == 1 ? null : ResultReason.NoData,
                suppressed: null);
        }
    }

    private IndicatorRow Row(IReadOnlyList<KeyValuePair<string, string?>> group, ReportWindow window) => new()
    {
        Indicator = Description.Id,
        Definition = Description.Definition,
        Group = group,
        WindowStart = window.Start,
        WindowEnd = window.End,
        Unit = Description.Unit,
        Evidence = new Evidence(),
    };

    // the heading alone, or with one of the units in brackets behind it
    private (string Text, int Unit)? Declared(IReadOnlyDictionary<string, string> columns)
    {
        foreach (var (heading, text) in columns)
        {
            var parts = heading.Split(['(', ')', '（', '）'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length is 1 or 2 && _headings.Contains(parts[0], StringComparer.OrdinalIgnoreCase))
            {
                var unit = parts.Length == 1 ? 1 : _units.GetValueOrDefault(parts[1]);
                if (unit > 0)
                {
                    return (text, unit);
                }
            }
        }

        return null;
    }

    private static BigInteger? Parse((string Text, int Unit) declared) =>
        decimal.TryParse(declared.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) && value.Scale <= Scale && Math.Abs(value) < Most
            ? new BigInteger(value * (decimal)BigInteger.Pow(10, Scale)) * declared.Unit
            : null;
}
