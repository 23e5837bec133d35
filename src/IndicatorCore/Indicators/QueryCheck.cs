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

        if (query.Window == Window.Shift)
        {
            throw new ConfigurationException(
                "Windows by shift need the shift times of each factory, and this registry has none",
                advice: "Use hour, day, week, month, quarter or year.");
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
            .Concat(own.SelectMany(static definition => definition.Parts.Prepend(definition.Id)))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var id in select)
        {
            if (!known.Contains(id))
            {
                throw new ConfigurationException($"There is no indicator '{id}'", advice: NearestName.Advice(id, known));
            }
        }

        // what combinations are made of is computed too, whether or not it is asked for
        var wanted = Wanted(select, own);
        var plans = UserPlanCompiler.Compile(own.Where(definition => definition.Expression is null && IsWanted(wanted, definition.Id, definition.Parts)));
        List<IndicatorDefinition> selected =
        [
            .. DefinitionCatalog.All
                .Where(definition => IsWanted(definition.IsOnlyByName ? wanted ?? Combined(own) : wanted, definition.Description.Id, definition.Description.Parts))
                .Concat(plans.SelectMany(static plan => plan.Figures.Select((_, figure) => UserTableDefinition.Of(plan, figure)))),
        ];
        foreach (var combination in InOrder([.. own.Where(definition => definition.Expression is not null && IsWanted(wanted, definition.Id, []))]))
        {
            var parts = combination.Expression!.Indicators.Select(id =>
                selected.Find(definition => definition.Description.Id == id || definition.Description.Parts.Contains(id))!);
            selected.Add(new UserCombination(combination, [.. parts]));
        }

        return selected;
    }

    private static bool IsWanted(HashSet<string>? wanted, string id, IReadOnlyList<string> parts) => wanted is null || wanted.Contains(id) || parts.Any(wanted.Contains);

    // null = everything
    private static HashSet<string>? Wanted(IReadOnlyCollection<string> select, IReadOnlyList<UserIndicator> own)
    {
        if (select.Count == 0)
        {
            return null;
        }

        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(select);
        while (open.TryPop(out var id))
        {
            if (wanted.Add(id) && own.FirstOrDefault(definition => definition.Id == id)?.Expression is { } expression)
            {
                foreach (var part in expression.Indicators)
                {
                    open.Push(part);
                }
            }
        }

        return wanted;
    }

    // what combinations name
    private static HashSet<string> Combined(IReadOnlyList<UserIndicator> own) =>
        own.SelectMany(static definition => definition.Expression?.Indicators ?? []).ToHashSet(StringComparer.Ordinal);

    // combinations behind those that they are made of; circles were refused when they were read
    private static List<UserIndicator> InOrder(List<UserIndicator> combinations)
    {
        var ordered = new List<UserIndicator>();
        foreach (var combination in combinations)
        {
            Add(combination);
        }

        return ordered;

        void Add(UserIndicator combination)
        {
            if (ordered.Contains(combination))
            {
                return;
            }

            foreach (var part in combinations.Where(other => combination.Expression!.Indicators.Contains(other.Id)))
            {
                Add(part);
            }

            ordered.Add(combination);
        }
    }
}
