using System.Globalization;
using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>Reads what an indicator's aggregate asks for.</summary>
/// <param name="sides">Reads what it adds up.</param>
/// <param name="measureOf">How a column's numbers become fixed point.</param>
internal sealed class UserKindReader(UserSideReader sides, Func<string, UserMeasure> measureOf)
{
    private const int LeastIndexPlaces = 3;

    // by aggregate: what it must have, and what it may have
    private static readonly Dictionary<UserAggregate, (string[] Must, string[] May)> s_keys = new()
    {
        [UserAggregate.Count] = ([], ["where"]),
        [UserAggregate.Share] = (["where"], ["of"]),
        [UserAggregate.Sum] = (["column"], ["where", "weight"]),
        [UserAggregate.Min] = (["column"], ["where"]),
        [UserAggregate.Max] = (["column"], ["where"]),
        [UserAggregate.Distinct] = (["column"], ["where"]),
        [UserAggregate.Quantile] = (["column", "q"], ["where"]),
        [UserAggregate.Ratio] = (["numerator", "denominator"], []),
        [UserAggregate.Mean] = (["column"], ["where", "weight"]),
        [UserAggregate.Fisher] = (["output", "input"], ["where", "strata", "baseline", "after"]),
        [UserAggregate.Gain] = (["measure"], ["baseline", "after"]),
    };

    private static readonly Dictionary<string, string> s_examples = new(StringComparer.Ordinal)
    {
        ["column"] = "\"column\": \"latency_ms\"",
        ["q"] = "\"q\": 0.95",
        ["where"] = "\"where\": { \"online\": true }",
        ["numerator"] = "\"numerator\": { \"aggregate\": \"sum\", \"column\": \"kwh\" }",
        ["denominator"] = "\"denominator\": { \"aggregate\": \"sum\", \"column\": \"q_good\" }",
        ["output"] = "\"output\": \"q_good\"",
        ["input"] = "\"input\": \"labour_h\"",
        ["measure"] = "\"measure\": { \"aggregate\": \"mean\", \"column\": \"latency_ms\" }",
    };

    /// <summary>What an aggregate needs, and what it has no use for.</summary>
    /// <param name="node">The indicator.</param>
    /// <param name="members">Its members.</param>
    /// <param name="aggregate">Its aggregate.</param>
    /// <param name="forAll">The keys that every indicator may have.</param>
    /// <exception cref="ConfigurationException">A key is missing or has no meaning.</exception>
    public static void Check(ConfigurationNode node, IReadOnlyDictionary<string, ConfigurationNode> members, UserAggregate aggregate, IReadOnlyCollection<string> forAll)
    {
        var name = Name(aggregate);
        var (must, may) = s_keys[aggregate];
        foreach (var key in must)
        {
            if (!members.ContainsKey(key))
            {
                throw node.Fault($"is a {name} without \"{key}\"", $"Add {s_examples[key]}.");
            }
        }

        var isPhased = aggregate is UserAggregate.Fisher or UserAggregate.Gain;
        foreach (var (key, member) in members)
        {
            if (key is "aggregate" || must.Contains(key) || may.Contains(key) || forAll.Contains(key) || (key is "publish" or "disclosure" && !isPhased))
            {
                continue;
            }

            throw member.Fault($"has no meaning for a {name}", key == "publish" ? "The floors of the definition profile hold for phases." : "Leave it out.");
        }
    }

    /// <summary>Reads an indicator of which the keys were checked: all but its names, its table and what every aggregate may have.</summary>
    /// <exception cref="ConfigurationException">A value is unknown or impossible.</exception>
    public UserIndicator Read(ConfigurationNode node, IReadOnlyDictionary<string, ConfigurationNode> members, UserAggregate aggregate, string file)
    {
        var indicator = new UserIndicator
        {
            File = file,
            Id = string.Empty,
            Version = 1,
            Chinese = string.Empty,
            English = string.Empty,
            Unit = "ratio",
            Table = string.Empty,
            Aggregate = aggregate,
            Formula = string.Empty,
        };
        switch (aggregate)
        {
            case UserAggregate.Ratio or UserAggregate.Mean:
                var (above, below, column, unit, formula) = sides.Measure(node, members, aggregate);
                return indicator with { Numerator = above, Denominator = below, Column = column, Unit = unit, Formula = formula };
            case UserAggregate.Sum when members.ContainsKey("weight"):
                var sum = sides.Side(node, members);
                return indicator with { Numerator = sum, Unit = UserFields.UnitOf(sum).ToString(), Formula = sum.Text };
            case UserAggregate.Gain:
                var measure = sides.Measured(members["measure"]);
                return indicator with
                {
                    Numerator = measure.Above,
                    Denominator = measure.Below,
                    Index = Index(members, byLine: false, byProduct: false),
                    Formula = $"({measure.Text}) after / ({measure.Text}) in the baseline - 1{Spans(members)}",
                };
            case UserAggregate.Fisher:
                return Fisher(indicator, node, members);
            default:
                return Plain(indicator, members, aggregate);
        }
    }

    private static string Name(UserAggregate aggregate) => aggregate.ToString().ToLowerInvariant();

    private static string Spans(IReadOnlyDictionary<string, ConfigurationNode> members) => members.TryGetValue("baseline", out var baseline)
        ? $"; after = {members["after"].Text()}, baseline = {baseline.Text()}"
        : "; phases by each line's go-live, as eff_gain";

    private static UserIndex Index(IReadOnlyDictionary<string, ConfigurationNode> members, bool byLine, bool byProduct)
    {
        var baseline = members.TryGetValue("baseline", out var from) ? UserFields.Span(from) : ((TimeBound, TimeBound)?)null;
        var after = members.TryGetValue("after", out var to) ? UserFields.Span(to) : ((TimeBound, TimeBound)?)null;
        return (baseline is null) == (after is null)
            ? new UserIndex { ByLine = byLine, ByProduct = byProduct, Baseline = baseline, After = after }
            : throw (from ?? to)!.Fault($"comes without \"{(from is null ? "baseline" : "after")}\"", "Give both or neither.");
    }

    private UserIndicator Plain(UserIndicator indicator, IReadOnlyDictionary<string, ConfigurationNode> members, UserAggregate aggregate)
    {
        var conditions = new UserWhereReader(measureOf);
        var (where, whereText) = members.TryGetValue("where", out var at) ? conditions.Read(at) : (UserWhere.Always, string.Empty);
        var (of, ofText) = members.TryGetValue("of", out at) ? conditions.Read(at) : (UserWhere.Always, string.Empty);
        var column = members.TryGetValue("column", out at) ? sides.Column(at, aggregate) : null;
        var order = members.TryGetValue("q", out at) ? UserFields.Order(at) : default;
        var suffix = whereText.Length == 0 ? string.Empty : $" where {whereText}";
        return indicator with
        {
            Unit = aggregate == UserAggregate.Share ? "ratio" : aggregate is UserAggregate.Count or UserAggregate.Distinct ? "1" : UserFields.UnitOf(column!),
            Column = column,
            Where = where,
            Of = of,
            Order = order,
            Formula = aggregate switch
            {
                UserAggregate.Count => $"rows{suffix}",
                UserAggregate.Share => $"rows{suffix} / rows{(ofText.Length == 0 ? string.Empty : $" where {ofText}")}, both over the latter",
                UserAggregate.Quantile => $"quantile {((decimal)order.Numerator / order.Denominator).ToString(CultureInfo.InvariantCulture)} of {column!.Name}{suffix}, nearest rank",
                UserAggregate.Distinct => $"distinct {column!.Name}{suffix}",
                _ => $"{Name(aggregate)} of {column!.Name}{suffix}",
            },
        };
    }

    private UserIndicator Fisher(UserIndicator indicator, ConfigurationNode node, IReadOnlyDictionary<string, ConfigurationNode> members)
    {
        if (members["id"].Text().Contains('.', StringComparison.Ordinal))
        {
            throw members["id"].Fault("has a part behind a point, and an index has parts of its own", "Leave the point out.");
        }

        var (where, whereText) = members.TryGetValue("where", out var at) ? new UserWhereReader(measureOf).Read(at) : (UserWhere.Always, string.Empty);
        var (output, input) = (sides.Column(members["output"], UserAggregate.Fisher), sides.Column(members["input"], UserAggregate.Fisher));
        if (input.Measure!.Places < LeastIndexPlaces)
        {
            throw members["input"].Fault($"is kept at fewer than {LeastIndexPlaces} places", "Give its measure a finer scale, such as \"1e-6\".");
        }

        if (output.Key == input.Key)
        {
            throw members["input"].Fault("is the output too", "Compare two columns.");
        }

        var (byLine, byProduct) = members.TryGetValue("strata", out at) ? Strata(at) : (true, true);
        var isLower = members.TryGetValue("better", out at) && UserFields.Better(at) == UserBetter.Lower;
        var strata = byLine && byProduct ? "line, product" : byLine ? "line" : "product";
        var suffix = whereText.Length == 0 ? string.Empty : $" where {whereText}";
        return indicator with
        {
            Numerator = new UserSide(output, null, where, output.Name),
            Denominator = new UserSide(input, null, where, input.Name),
            Column = output,
            Index = Index(members, byLine, byProduct),
            Formula = (isLower
                    ? $"1 - 1 / sqrt(E_P * E_L) of {input.Name} for {output.Name}{suffix} over matched strata ({strata})"
                    : $"sqrt(E_P * E_L) - 1 of {output.Name} from {input.Name}{suffix} over matched strata ({strata})")
                + Spans(members),
        };
    }

    private static (bool ByLine, bool ByProduct) Strata(ConfigurationNode node)
    {
        var (byLine, byProduct) = (false, false);
        foreach (var key in node.Elements())
        {
            switch (key.Text())
            {
                case "line":
                    byLine = true;
                    break;
                case "product":
                    byProduct = true;
                    break;
                default:
                    throw key.Fault("tells no strata apart", "Strata are by \"line\", by \"product\" or by both.");
            }
        }

        return byLine || byProduct ? (byLine, byProduct) : throw node.Fault("is empty", "Write [\"line\", \"product\"], or leave it out.");
    }
}
