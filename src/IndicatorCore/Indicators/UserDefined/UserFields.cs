using System.Numerics;
using System.Text.RegularExpressions;
using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>Reads single values of an indicator of a definition file.</summary>
internal static partial class UserFields
{
    private const int MaxText = 1_000;
    private const int MaxSources = 20;
    private const int SharePlaces = 9;

    private static readonly string[] s_aggregates = ["count", "share", "sum", "min", "max", "distinct", "quantile", "ratio", "mean", "fisher", "gain"];
    private static readonly string[] s_weights = ["rows", "numerator", "denominator"];
    private static readonly string[] s_ruleKeys = ["min_rows", "min_devices", "min_days", "max_missing_share"];

    /// <summary>Whether a text may be an id.</summary>
    public static bool IsId(string text) => text.Length <= 64 && IdForm().IsMatch(text);

    /// <summary>A text without control characters.</summary>
    public static string Text(ConfigurationNode node)
    {
        var text = node.Name();
        return text.Length > MaxText ? throw node.Fault($"has more than {MaxText} characters")
            : text.Any(char.IsControl) ? throw node.Fault("holds a control character")
            : text;
    }

    /// <summary>An aggregate, or one of some.</summary>
    public static UserAggregate Aggregate(ConfigurationNode node)
    {
        var name = node.Text();
        var at = Array.IndexOf(s_aggregates, name);
        return at >= 0 ? (UserAggregate)at : throw node.Fault("is no aggregate", NearestName.Advice(name, s_aggregates));
    }

    /// <summary>A table of the catalogue.</summary>
    public static string Table(ConfigurationNode node)
    {
        var name = node.Text();
        return TableCatalog.Find(name) is not null ? name : throw node.Fault("is no table", NearestName.Advice(name, CanonicalColumns.Tables));
    }

    /// <summary>The order of a quantile.</summary>
    public static (long Numerator, long Denominator) Order(ConfigurationNode node) => Share(node) is { Numerator: > 0 } share
        ? (share.Numerator, share.Denominator)
        : throw node.Fault("is no order of a quantile", $"Give a number above 0 and up to 1 with at most {SharePlaces} places, such as 0.95.");

    /// <summary>Which way an indicator improves.</summary>
    public static UserBetter Better(ConfigurationNode node) => node.Text() switch
    {
        "higher" => UserBetter.Higher,
        "lower" => UserBetter.Lower,
        _ => throw node.Fault("is no direction", "Write \"higher\" or \"lower\"."),
    };

    /// <summary>Where a definition comes from.</summary>
    public static IReadOnlyList<string> Sources(ConfigurationNode node)
    {
        var elements = node.Elements();
        return elements.Count <= MaxSources ? [.. elements.Select(Text)] : throw node.Fault($"holds more than {MaxSources} texts");
    }

    /// <summary>What disclosure control weighs.</summary>
    public static UserWeight Weight(ConfigurationNode node)
    {
        var weight = UserWeight.Usual;
        foreach (var (key, value) in node.Members())
        {
            if (key != "weight")
            {
                throw value.Unknown(key, ["weight"]);
            }

            var at = Array.IndexOf(s_weights, value.Text());
            weight = at >= 0 ? UserWeight.Rows + at : throw value.Fault("is nothing to weigh", "Write \"rows\", \"numerator\" or \"denominator\".");
        }

        return weight;
    }

    /// <summary>Publication rules.</summary>
    public static UserRules Rules(ConfigurationNode node)
    {
        var rules = UserRules.None;
        foreach (var (key, value) in node.Members())
        {
            rules = key switch
            {
                "min_rows" => rules with { MinRows = value.Integer(0, int.MaxValue) },
                "min_devices" => rules with { MinDevices = value.Integer(0, int.MaxValue) },
                "min_days" => rules with { MinDays = value.Integer(0, 36_600) },
                "max_missing_share" => MissingShare(rules, value),
                _ => throw value.Unknown(key, s_ruleKeys),
            };
        }

        return rules;
    }

    /// <summary>A span, <c>FROM..TO</c> as the command line has it.</summary>
    public static (TimeBound From, TimeBound To) Span(ConfigurationNode node)
    {
        var ends = node.Text().Split("..");
        if (ends.Length == 2)
        {
            try
            {
                return (TimeBound.Parse(ends[0]), TimeBound.Parse(ends[1]));
            }
            catch (ConfigurationException fault)
            {
                throw node.Fault("is no span", fault.Advice);
            }
        }

        throw node.Fault("is no span", "Write FROM..TO, TO not included: 2023-01-01..2023-07-01.");
    }

    /// <summary>The unit that a column's name ends in.</summary>
    public static string UnitOf(UserColumn column) => column.Name[(column.Name.LastIndexOf('_') + 1)..] switch
    {
        "ms" => "ms",
        "s" or "seconds" => "s",
        "h" => "h",
        "m" => "m",
        "dbm" => "dBm",
        "db" => "dB",
        "kwh" => "kWh",
        "cny" or "yuan" => "CNY",
        _ => "1",
    };

    /// <summary>The unit of what adds up.</summary>
    public static UserUnit UnitOf(UserSide? side) => side?.Column is not { } column ? UserUnit.Parse("1")
        : side.Weight is null ? UserUnit.Parse(UnitOf(column))
        : UserUnit.Parse(UnitOf(column)).Times(UserUnit.Parse(UnitOf(side.Weight)));

    [GeneratedRegex("^[a-z][a-z0-9_]*(\\.[a-z0-9_]+)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();

    private static UserRules MissingShare(UserRules rules, ConfigurationNode node)
    {
        if (!node.IsObject)
        {
            return rules with { MissingSuppress = RequiredShare(node) };
        }

        foreach (var (key, value) in node.Members())
        {
            rules = key switch
            {
                "warn" => rules with { MissingWarn = RequiredShare(value) },
                "suppress" => rules with { MissingSuppress = RequiredShare(value) },
                _ => throw value.Unknown(key, ["warn", "suppress"]),
            };
        }

        return rules is { MissingWarn: { } warn, MissingSuppress: { } suppress } && warn.Numerator > suppress.Numerator
            ? throw node.Fault("suppresses before it warns", "The share that warns is the smaller one.")
            : rules;
    }

    private static UserShare RequiredShare(ConfigurationNode node) =>
        Share(node) ?? throw node.Fault("is no share", $"Give a number from 0 to 1 with at most {SharePlaces} places, such as 0.05.");

    private static UserShare? Share(ConfigurationNode node)
    {
        var (value, isExact) = ExactLiteral.Read(node).At(SharePlaces);
        var one = (long)BigInteger.Pow(10, SharePlaces);
        return isExact && value >= 0 && value <= one ? new UserShare((long)value, one) : null;
    }
}
