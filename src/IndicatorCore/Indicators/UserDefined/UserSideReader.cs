using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>Reads what adds up: counts, sums and sums of products, inline or as the id of an indicator of the file.</summary>
/// <param name="measureOf">How a column's numbers become fixed point.</param>
/// <param name="readOther">The indicator that a value names.</param>
/// <param name="table">The table that the indicator at hand names, or null.</param>
internal sealed class UserSideReader(Func<string, UserMeasure> measureOf, Func<ConfigurationNode, UserIndicator> readOther, string? table)
{
    private static readonly string[] s_sideKeys = ["aggregate", "column", "weight", "where"];
    private static readonly string[] s_measureKeys = [.. s_sideKeys, "numerator", "denominator", "of"];

    /// <summary>The table of the indicators that were named; null where none was.</summary>
    public string? Table { get; private set; }

    /// <summary>The value of a key that must be there.</summary>
    public static ConfigurationNode Required(ConfigurationNode node, IReadOnlyDictionary<string, ConfigurationNode> members, string key, string example) =>
        members.TryGetValue(key, out var member) ? member : throw node.Fault($"has no \"{key}\"", $"Add {example}.");

    /// <summary>A column that an aggregate is made of.</summary>
    public UserColumn Column(ConfigurationNode node, UserAggregate aggregate)
    {
        var name = UserFields.Text(node);
        var kind = UserMeasure.KindOf(name);
        if (aggregate == UserAggregate.Distinct)
        {
            return kind is CanonicalKind.Instant
                ? throw node.Fault("is an instant, and distinct counts keys", "Name a column of keys, such as device.")
                : new UserColumn(name, UserColumnRole.Key, null);
        }

        return kind is null or CanonicalKind.Measure or CanonicalKind.Integer
            ? new UserColumn(name, UserColumnRole.Measure, measureOf(name))
            : throw node.Fault(
                $"holds no numbers, and {aggregate.ToString().ToLowerInvariant()} needs them",
                kind == CanonicalKind.Flag ? "Count the rows where it is true instead: \"aggregate\": \"count\", \"where\"." : "Count its values with \"aggregate\": \"distinct\".");
    }

    /// <summary>A side: an object, or the id of a count or sum.</summary>
    public UserSide Side(ConfigurationNode node)
    {
        if (!node.IsText)
        {
            return Side(node, Members(node, s_sideKeys));
        }

        var other = Other(node);
        return other.Aggregate is UserAggregate.Count or UserAggregate.Sum
            ? Sides(other)!.Above
            : throw node.Fault($"is a {Name(other)}, and sides are counts and sums", "Combine indicators that do not add up with \"combine\".");
    }

    /// <summary>A side from its members: <c>aggregate</c> is count or sum.</summary>
    public UserSide Side(ConfigurationNode node, IReadOnlyDictionary<string, ConfigurationNode> members)
    {
        var at = Required(node, members, "aggregate", "\"aggregate\": \"sum\"");
        var aggregate = UserFields.Aggregate(at);
        var (where, text) = members.TryGetValue("where", out var condition) ? new UserWhereReader(measureOf).Read(condition) : (UserWhere.Always, string.Empty);
        var suffix = text.Length == 0 ? string.Empty : $" where {text}";
        switch (aggregate)
        {
            case UserAggregate.Count:
                foreach (var key in new[] { "column", "weight" })
                {
                    if (members.TryGetValue(key, out var member))
                    {
                        throw member.Fault("has no meaning for a count", "Leave it out.");
                    }
                }

                return new UserSide(null, null, where, $"rows{suffix}");
            case UserAggregate.Sum:
                var column = Column(Required(node, members, "column", "\"column\": \"kwh\""), aggregate);
                var weight = members.TryGetValue("weight", out var factor) ? Column(factor, aggregate) : null;
                return new UserSide(column, weight, where, $"sum of {column.Name}{(weight is null ? string.Empty : $" * {weight.Name}")}{suffix}");
            default:
                throw at.Fault("does not add up, and a side must", "Sides are counts and sums.");
        }
    }

    /// <summary>A ratio or mean from its members.</summary>
    public UserMeasured Measure(ConfigurationNode node, IReadOnlyDictionary<string, ConfigurationNode> members, UserAggregate aggregate)
    {
        if (aggregate == UserAggregate.Ratio)
        {
            var above = Side(Required(node, members, "numerator", "\"numerator\": \"used\""));
            var below = Side(Required(node, members, "denominator", "\"denominator\": \"made\""));
            return new UserMeasured(above, below, null, UserFields.UnitOf(above).Over(UserFields.UnitOf(below)).ToString(), $"{above.Text} / {below.Text}");
        }

        var column = Column(Required(node, members, "column", "\"column\": \"latency_ms\""), aggregate);
        var weight = members.TryGetValue("weight", out var factor) ? Column(factor, aggregate) : null;
        var (where, text) = members.TryGetValue("where", out var condition) ? new UserWhereReader(measureOf).Read(condition) : (UserWhere.Always, string.Empty);
        var suffix = text.Length == 0 ? string.Empty : $" where {text}";
        var both = UserWhere.All(new[] { column, weight }.OfType<UserColumn>().Select(UserWhere.Valid).Prepend(where));
        var words = weight is null ? $"mean of {column.Name}{suffix}" : $"sum of {column.Name} * {weight.Name} / sum of {weight.Name}{suffix}, over rows with both";
        return new UserMeasured(new UserSide(column, weight, where, words), new UserSide(weight, null, both, words), column, UserFields.UnitOf(column), words);
    }

    /// <summary>What a gain compares: an object, or the id of a count, sum, share, ratio or mean.</summary>
    public UserMeasured Measured(ConfigurationNode node)
    {
        if (node.IsText)
        {
            var other = Other(node);
            return Sides(other) ?? throw node.Fault($"is a {Name(other)}, and a gain compares counts, sums, shares, ratios and means", "Name another one.");
        }

        var members = Members(node, s_measureKeys);
        var at = Required(node, members, "aggregate", "\"aggregate\": \"mean\"");
        var aggregate = UserFields.Aggregate(at);
        if (aggregate is not (UserAggregate.Count or UserAggregate.Sum or UserAggregate.Ratio or UserAggregate.Mean))
        {
            throw at.Fault("is nothing that a gain compares here", "Write count, sum, ratio or mean, or name an indicator of the file.");
        }

        UserKindReader.Check(node, members, aggregate, []);
        if (aggregate is UserAggregate.Ratio or UserAggregate.Mean)
        {
            return Measure(node, members, aggregate);
        }

        var side = Side(node, members);
        return new UserMeasured(side, null, null, string.Empty, side.Text);
    }

    private static UserMeasured? Sides(UserIndicator indicator) => indicator.Aggregate switch
    {
        UserAggregate.Count => new(new UserSide(null, null, indicator.Where, indicator.Formula), null, null, indicator.Unit, indicator.Formula),
        UserAggregate.Sum => new(indicator.Numerator ?? new UserSide(indicator.Column, null, indicator.Where, indicator.Formula), null, null, indicator.Unit, indicator.Formula),
        UserAggregate.Share => new(
            new UserSide(null, null, UserWhere.All([indicator.Where, indicator.Of]), indicator.Formula), new UserSide(null, null, indicator.Of, indicator.Formula), null, indicator.Unit, indicator.Formula),
        UserAggregate.Ratio or UserAggregate.Mean => new(indicator.Numerator!, indicator.Denominator, indicator.Column, indicator.Unit, indicator.Formula),
        _ => null,
    };

    private static string Name(UserIndicator indicator) => indicator.Aggregate.ToString().ToLowerInvariant();

    private static Dictionary<string, ConfigurationNode> Members(ConfigurationNode node, string[] keys)
    {
        var members = new Dictionary<string, ConfigurationNode>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Members())
        {
            members.Add(key, keys.Contains(key) ? value : throw value.Unknown(key, keys));
        }

        return members;
    }

    private UserIndicator Other(ConfigurationNode node)
    {
        var other = readOther(node);
        if ((table ?? Table ?? other.Table) != other.Table)
        {
            throw node.Fault($"is of table {other.Table}, and what it is divided with is of {table ?? Table}", "Combine indicators of different tables with \"combine\".");
        }

        Table = other.Table;
        return other;
    }
}
