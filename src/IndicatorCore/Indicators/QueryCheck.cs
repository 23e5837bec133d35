using System.Globalization;
using IndicatorCore.Aggregation;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Definitions;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators;

/// <summary>What a query must satisfy before anything is read.</summary>
internal static class QueryCheck
{
    /// <summary>The query's reporting zone.</summary>
    /// <exception cref="ConfigurationException">It is unknown.</exception>
    public static TimeZoneInfo Zone(IndicatorQuery query) => ReportingClock.TryFindZone(query.TimeZone, out var found)
        ? found
        : throw new ConfigurationException($"The time zone '{query.TimeZone}' is unknown", advice: "Use an IANA name such as Asia/Shanghai.");

    /// <summary>Checks a query and returns the definitions that it selects, and those that state is kept for, each ordered by id.</summary>
    /// <exception cref="ConfigurationException">It contradicts itself or names something unknown.</exception>
    /// <exception cref="StateMismatchException">It asks for more than its grain holds.</exception>
    public static (IReadOnlyList<IndicatorDefinition> Selected, IReadOnlyList<IndicatorDefinition> Kept) Check(IndicatorQuery query, out TimeZoneInfo zone)
    {
        zone = Zone(query);
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

        query.Grain?.CheckServes(query, new ReportingClock(zone));
        return Definitions(query);
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

    /// <summary>The query as the manifest shows it.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Options(IndicatorQuery query)
    {
        var options = new List<KeyValuePair<string, string>>();
        Add("by", string.Join(" ", query.GroupBy));
        Add("window", query.Window.ToString().ToLowerInvariant());
        Add("as-of", query.AsOf?.ToString("O", CultureInfo.InvariantCulture));
        Add("tz", query.TimeZone);
        Add("from", Text(query.From));
        Add("to", Text(query.To));
        Add("last", query.Last?.ToString(CultureInfo.InvariantCulture));
        Add("select", string.Join(",", query.Select));
        Add("define", query.UserDefined?.Digest);
        Add("scoring", query.Scoring is { } scoring ? $"{scoring} {scoring.Digest}" : null);
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

    private static string? Text(TimeBound? bound) => bound?.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? bound?.Instant?.ToString("O", CultureInfo.InvariantCulture);

    private static (IReadOnlyList<IndicatorDefinition> Selected, IReadOnlyList<IndicatorDefinition> Kept) Definitions(IndicatorQuery query)
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

        var names = query.Grain?.Definitions ?? [];
        var wanted = Wanted(select, own);
        if (names.Count == 0)
        {
            // what combinations are made of is computed too, whether or not it is asked for
            var selected = Of(
                own,
                definition => IsWanted(wanted, definition.Id, definition.Parts),
                definition => IsWanted(definition.IsOnlyByName ? wanted ?? Combined(own) : wanted, definition.Description.Id, definition.Description.Parts));
            return (selected, query.Grain is null || select.Count > 0 ? selected : WithNamed(selected, own));
        }

        var held = names.ToHashSet(StringComparer.Ordinal);
        var kept = Of(own, definition => held.Contains(definition.Describe().Definition), definition => held.Contains(definition.Description.Definition));
        var missing = held.Except(kept.Select(static definition => definition.Description.Definition)).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            throw new StateMismatchException(
                $"The state holds {string.Join(", ", missing)}, which this program does not know",
                advice: "Give the definition files with which it was made (--define), or use a program of its version.");
        }

        foreach (var id in select)
        {
            if (!kept.Exists(definition => definition.Description.Id == id || definition.Description.Parts.Contains(id)))
            {
                throw new StateMismatchException(
                    $"The state does not hold '{id}', only {string.Join(", ", kept.Select(static definition => definition.Description.Id))}",
                    advice: "Make the state with it selected, or select what it holds.");
            }
        }

        var asked = kept.FindAll(definition => IsWanted(definition.IsOnlyByName ? wanted ?? Combined(own) : wanted, definition.Description.Id, definition.Description.Parts));
        return (asked.Count == 0 ? kept : asked, kept);
    }

    // a state that outlives its query also answers for what is computed by name alone, where that costs nothing more
    private static List<IndicatorDefinition> WithNamed(List<IndicatorDefinition> selected, IReadOnlyList<UserIndicator> own)
    {
        var needs = selected.Aggregate(TableNeeds.None, static (needs, definition) => needs | definition.Needs);
        var combined = Combined(own);
        return Of(
            own,
            static _ => true,
            definition => !definition.IsOnlyByName || IsWanted(combined, definition.Description.Id, definition.Description.Parts) || (definition.Needs & ~needs) == TableNeeds.None);
    }

    // combinations last, each behind those that it is made of
    private static List<IndicatorDefinition> Of(
        IReadOnlyList<UserIndicator> own, Func<UserIndicator, bool> takesOwn, Func<IndicatorDefinition, bool> takes)
    {
        var plans = UserPlanCompiler.Compile(own.Where(definition => definition.Expression is null && takesOwn(definition)));
        List<IndicatorDefinition> taken =
        [
            .. DefinitionCatalog.All.Where(takes)
                .Concat(plans.SelectMany(static plan => plan.Figures.Select((_, figure) => UserTableDefinition.Of(plan, figure)))),
        ];
        foreach (var combination in InOrder([.. own.Where(definition => definition.Expression is not null && takesOwn(definition))]))
        {
            List<IndicatorDefinition?> parts =
                [.. combination.Expression!.Indicators.Select(id => taken.Find(definition => definition.Description.Id == id || definition.Description.Parts.Contains(id)))];
            if (!parts.Contains(null))
            {
                taken.Add(new UserCombination(combination, [.. parts.OfType<IndicatorDefinition>()]));
            }
        }

        return taken;
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
