using System.Globalization;
using System.Text;
using IndicatorCore.Aggregation;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Definitions;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators;

/// <summary>What a query must satisfy before anything is read.</summary>
internal static class QueryCheck
{
    /// <summary>Checks a query and returns the definitions selected, ordered by id.</summary>
    /// <exception cref="ConfigurationException">It contradicts itself or names something unknown.</exception>
    public static IReadOnlyList<IndicatorDefinition> Check(IndicatorQuery query, out TimeZoneInfo zone)
    {
        if (!ReportingClock.TryFindZone(query.TimeZone, out var found))
        {
            throw new ConfigurationException($"The time zone '{query.TimeZone}' is unknown", advice: "Use an IANA name such as Asia/Shanghai.");
        }

        zone = found;
        if (query.Threads is < 1)
        {
            throw new ConfigurationException($"{query.Threads} threads cannot work", advice: "Give at least 1.");
        }

        if (query.Last is not null && (query.From is not null || query.To is not null))
        {
            throw new ConfigurationException("--last does not go with --from or --to: both say where the span begins", advice: "Give one of them.");
        }

        if (query.Window == Window.Shift)
        {
            ShiftCalendar.Of(query.Registry);
        }

        if ((query.Baseline is null) != (query.After is null))
        {
            throw new ConfigurationException("--baseline and --after replace the phases together", advice: "Give both or neither.");
        }

        foreach (var key in query.GroupBy.SelectMany(static level => level.Split(',')))
        {
            if (!GroupKey.IsKnown(key))
            {
                throw new ConfigurationException($"'{key}' is no key of grouping", advice: NearestName.Advice(key, [.. GroupKey.All]));
            }
        }

        foreach (var level in query.GroupBy)
        {
            if (level.Split(',') is var keys && keys.Distinct().Count() != keys.Length)
            {
                throw new ConfigurationException($"The level '{level}' names a key twice", advice: "Name each key once.");
            }
        }

        return Selected(query);
    }

    /// <summary>The instants of --from and --to that are no local midnights, ascending: state is cut there.</summary>
    public static long[] Cuts(IndicatorQuery query, ReportingClock clock)
    {
        var cuts = new SortedSet<long>();
        foreach (var bound in new[] { query.From, query.To })
        {
            if (bound?.Instant is { } instant)
            {
                var at = ReportingClock.Nanoseconds(instant);
                if (clock.StartOf(clock.DayOf(at)) != at)
                {
                    cuts.Add(at);
                }
            }
        }

        return [.. cuts];
    }

    /// <summary>Everything that decides what state is kept, as text: states merge only when it is equal.</summary>
    public static string Text(IndicatorQuery query)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Options(query))
        {
            text.Append(name).Append('=').Append(value).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Whether two queries keep the same state: equal options, thresholds and registry.</summary>
    public static bool KeepsSameState(IndicatorQuery left, IndicatorQuery right) => Text(left) == Text(right)
        && left.Profile == right.Profile
        && left.Source?.ToJson() == right.Source?.ToJson()
        && (ReferenceEquals(left.Registry, right.Registry)

            // a registry made in memory has no digest: only the same object is surely the same
            || (left.Registry is { Digest.Length: > 0 } registry && registry.Digest == right.Registry?.Digest));

    /// <summary>The query as the manifest shows it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Options(IndicatorQuery query)
    {
        var options = new List<KeyValuePair<string, string>>();
        Add("by", string.Join(" ", query.GroupBy));
        Add("window", query.Window.ToString().ToLowerInvariant());
        Add("as-of", query.AsOf?.ToString("O"));
        Add("tz", query.TimeZone);
        Add("from", Text(query.From));
        Add("to", Text(query.To));
        Add("last", query.Last?.ToString(CultureInfo.InvariantCulture));
        Add("select", string.Join(",", query.Select));
        Add("define", query.UserDefined?.Digest);
        Add("where", string.Join(" ", query.Where.Select(static pair => $"{pair.Key}={pair.Value}")));
        Add("profile", query.Profile.Name);
        Add("dedup", query.Dedup.ToString().ToLowerInvariant());
        Add("on-bad", query.OnBad.ToString().ToLowerInvariant());
        Add("baseline", query.Baseline is { } baseline ? $"{Text(baseline.From)}..{Text(baseline.To)}" : null);
        Add("after", query.After is { } after ? $"{Text(after.From)}..{Text(after.To)}" : null);
        Add("registry", query.Registry?.Digest);
        return options;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                options.Add(KeyValuePair.Create(name, value));
            }
        }
    }

    private static string? Text(TimeBound? bound) => bound?.Date?.ToString("yyyy-MM-dd") ?? bound?.Instant?.ToString("O");

    private static List<IndicatorDefinition> Selected(IndicatorQuery query)
    {
        var select = query.Select;
        var own = query.UserDefined?.Definitions ?? [];
        var known = DefinitionCatalog.All.SelectMany(static definition => definition.Description.Parts.Prepend(definition.Description.Id))
            .Concat(own.Select(static definition => definition.Id))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var id in select)
        {
            if (!known.Contains(id))
            {
                throw new ConfigurationException($"There is no indicator '{id}'", advice: NearestName.Advice(id, known));
            }
        }

        var plans = UserPlanCompiler.Compile(own.Where(definition => select.Count == 0 || select.Contains(definition.Id)));
        return
        [
            .. DefinitionCatalog.All
                .Where(definition => (select.Count == 0 && !definition.IsOnlyByName) || select.Contains(definition.Description.Id) || definition.Description.Parts.Any(select.Contains))
                .Concat(plans.SelectMany(static plan => plan.Figures.Select((_, figure) => new UserDefinition(plan, figure)))),
        ];
    }
}
