using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>Reads definition files (docs/user-defined.md).</summary>
internal sealed partial class UserIndicatorReader
{
    /// <summary>The most indicators of one file and of one query.</summary>
    public const int MaxIndicators = 1_000;

    private const int MaxText = 1_000;
    private const int MaxPlaces = 12;
    private const int MaxSentinels = 1_000;

    private static readonly string[] s_rootKeys = ["table", "measures", "indicators"];
    private static readonly string[] s_measureKeys = ["scale", "range", "sentinels"];
    private static readonly string[] s_indicatorKeys = ["id", "version", "zh", "en", "unit", "table", "aggregate", "column", "q", "where", "of"];
    private static readonly string[] s_aggregates = ["count", "share", "sum", "min", "max", "distinct", "quantile"];

    private readonly string _file;
    private readonly IReadOnlyCollection<string> _taken;
    private readonly Dictionary<string, UserMeasure> _measures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private string _table = TableCatalog.Telemetry;

    private UserIndicatorReader(string file, IReadOnlyCollection<string> taken)
    {
        _file = file;
        _taken = taken;
    }

    /// <summary>The indicators of a file, in its order.</summary>
    /// <param name="root">The file.</param>
    /// <param name="file">Its name.</param>
    /// <param name="taken">The ids of the catalogue.</param>
    /// <exception cref="ConfigurationException">The file says something unknown or impossible.</exception>
    public static IReadOnlyList<UserIndicator> Read(ConfigurationNode root, string file, IReadOnlyCollection<string> taken) =>
        new UserIndicatorReader(file, taken).Read(root);

    [GeneratedRegex("^[a-z][a-z0-9_]*(\\.[a-z0-9_]+)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();

    private List<UserIndicator> Read(ConfigurationNode root)
    {
        ConfigurationNode? indicators = null;
        var members = root.Members().ToList();
        foreach (var (key, node) in members)
        {
            switch (key)
            {
                case "table":
                    _table = Table(node);
                    break;
                case "measures":
                    ReadMeasures(node);
                    break;
                case "indicators":
                    indicators = node;
                    break;
                default:
                    throw node.Unknown(key, s_rootKeys);
            }
        }

        var elements = (indicators ?? throw root.Fault("has no \"indicators\"", "Add \"indicators\": [ { \"id\": \"rows\", \"aggregate\": \"count\" } ].")).Elements();
        if (elements.Count > MaxIndicators)
        {
            throw indicators.Fault($"holds {elements.Count} indicators, more than {MaxIndicators}", "Split the file, and ask for one part at a time.");
        }

        return [.. elements.Select(ReadIndicator)];
    }

    private void ReadMeasures(ConfigurationNode node)
    {
        foreach (var (column, measure) in node.Members())
        {
            if (UserMeasure.KindOf(column) is CanonicalKind.Key or CanonicalKind.Flag or CanonicalKind.Instant)
            {
                throw measure.Fault("is no measure: the column does not hold numbers");
            }

            var fallback = UserMeasure.Default(column);
            var places = fallback.Places;
            (ExactLiteral? Low, ExactLiteral? High)? range = null;
            ConfigurationNode? ranged = null;
            IReadOnlyList<double>? sentinels = null;
            foreach (var (key, value) in measure.Members())
            {
                switch (key)
                {
                    case "scale":
                        places = Places(value);
                        break;
                    case "range":
                        (range, ranged) = (Range(value), value);
                        break;
                    case "sentinels":
                        sentinels = Sentinels(value);
                        break;
                    default:
                        throw value.Unknown(key, s_measureKeys);
                }
            }

            long? lowest, highest;
            if (range is { } given && ranged is not null)
            {
                lowest = Bound(ranged, given.Low, places);
                highest = Bound(ranged, given.High, places);
                if (lowest > highest)
                {
                    throw ranged.Fault("ends before it begins");
                }
            }
            else
            {
                lowest = Rescaled(fallback.Lowest, places);
                highest = Rescaled(fallback.Highest, places);
            }

            _measures.Add(column, new UserMeasure(places, lowest, highest, sentinels));
        }
    }

    private UserIndicator ReadIndicator(ConfigurationNode node)
    {
        var members = new Dictionary<string, ConfigurationNode>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Members())
        {
            members.Add(key, s_indicatorKeys.Contains(key) ? value : throw value.Unknown(key, s_indicatorKeys));
        }

        var id = Id(Required(node, members, "id", "\"id\": \"rows\""));
        var aggregate = Aggregate(Required(node, members, "aggregate", "\"aggregate\": \"count\""));
        Check(node, members, aggregate);
        var conditions = new UserWhereReader(MeasureOf);
        var (where, whereText) = members.TryGetValue("where", out var at) ? conditions.Read(at) : (UserWhere.Always, string.Empty);
        var (of, ofText) = members.TryGetValue("of", out at) ? conditions.Read(at) : (UserWhere.Always, string.Empty);
        var column = members.TryGetValue("column", out at) ? Column(at, aggregate) : null;
        var order = members.TryGetValue("q", out at) ? Order(at) : default;
        var name = members.TryGetValue("en", out at) ? Text(at) : id;
        var suffix = whereText.Length == 0 ? string.Empty : $" where {whereText}";
        return new UserIndicator
        {
            File = _file,
            Id = id,
            Version = members.TryGetValue("version", out at) ? at.Integer(1, 1_000_000) : 1,
            Chinese = members.TryGetValue("zh", out at) ? Text(at) : name,
            English = name,
            Unit = members.TryGetValue("unit", out at) ? Text(at) : Unit(aggregate, column),
            Table = members.TryGetValue("table", out at) ? Table(at) : _table,
            Aggregate = aggregate,
            Column = column,
            Where = where,
            Of = of,
            Order = order,
            Formula = aggregate switch
            {
                UserAggregate.Count => $"rows{suffix}",
                UserAggregate.Share => $"rows{suffix} / rows{(ofText.Length == 0 ? string.Empty : $" where {ofText}")}, both over the latter",
                UserAggregate.Quantile => $"quantile {at2(order)} of {column!.Name}{suffix}, nearest rank",
                UserAggregate.Distinct => $"distinct {column!.Name}{suffix}",
                _ => $"{aggregate.ToString().ToLowerInvariant()} of {column!.Name}{suffix}",
            },
        };

        static string at2((long Numerator, long Denominator) order) => ((decimal)order.Numerator / order.Denominator).ToString(CultureInfo.InvariantCulture);
    }

    // what an aggregate needs, and what it has no use for
    private static void Check(ConfigurationNode node, Dictionary<string, ConfigurationNode> members, UserAggregate aggregate)
    {
        var name = aggregate.ToString().ToLowerInvariant();
        Demand("column", aggregate is not (UserAggregate.Count or UserAggregate.Share), "\"column\": \"latency_ms\"");
        Demand("q", aggregate == UserAggregate.Quantile, "\"q\": 0.95");
        if (aggregate == UserAggregate.Share)
        {
            Demand("where", isUsed: true, "\"where\": { \"online\": true }");
        }
        else
        {
            Demand("of", isUsed: false, string.Empty);
        }

        void Demand(string key, bool isUsed, string example)
        {
            if (isUsed && !members.ContainsKey(key))
            {
                throw node.Fault($"is a {name} without \"{key}\"", $"Add {example}.");
            }

            if (!isUsed && members.TryGetValue(key, out var member))
            {
                throw member.Fault($"has no meaning for a {name}", "Leave it out.");
            }
        }
    }

    private string Id(ConfigurationNode node)
    {
        var id = Text(node);
        if (!IdForm().IsMatch(id) || id.Length > 64)
        {
            throw node.Fault("is no id", "Ids begin with a small letter and hold small letters, digits and _, with one part behind a point at most: energy.peak; 64 characters.");
        }

        if (_taken.Contains(id) || _taken.Contains(id.Split('.')[0]))
        {
            throw node.Fault("is the id of a built-in indicator", "Give it another one, such as my_" + id.Replace('.', '_') + ".");
        }

        if (!_ids.TryAdd(id, node.Path))
        {
            throw node.Fault($"is the id of {_ids[id]} too", "Each indicator has an id of its own.");
        }

        return id;
    }

    private static UserAggregate Aggregate(ConfigurationNode node)
    {
        var name = node.Text();
        var at = Array.IndexOf(s_aggregates, name);
        return at >= 0 ? (UserAggregate)at : throw node.Fault("is no aggregate", NearestName.Advice(name, s_aggregates));
    }

    private UserColumn Column(ConfigurationNode node, UserAggregate aggregate)
    {
        var name = Text(node);
        var kind = UserMeasure.KindOf(name);
        if (aggregate == UserAggregate.Distinct)
        {
            return kind is CanonicalKind.Instant
                ? throw node.Fault("is an instant, and distinct counts keys", "Name a column of keys, such as device.")
                : new UserColumn(name, UserColumnRole.Key, null);
        }

        return kind is null or CanonicalKind.Measure or CanonicalKind.Integer
            ? new UserColumn(name, UserColumnRole.Measure, MeasureOf(name))
            : throw node.Fault(
                $"holds no numbers, and {aggregate.ToString().ToLowerInvariant()} needs them",
                kind == CanonicalKind.Flag ? "Count the rows where it is true instead: \"aggregate\": \"count\", \"where\"." : "Count its values with \"aggregate\": \"distinct\".");
    }

    private UserMeasure MeasureOf(string column) => _measures.GetValueOrDefault(column) ?? UserMeasure.Default(column);

    private static string Table(ConfigurationNode node)
    {
        var name = node.Text();
        return TableCatalog.Find(name) is not null ? name : throw node.Fault("is no table", NearestName.Advice(name, CanonicalColumns.Tables));
    }

    private static ConfigurationNode Required(ConfigurationNode node, Dictionary<string, ConfigurationNode> members, string key, string example) =>
        members.TryGetValue(key, out var member) ? member : throw node.Fault($"has no \"{key}\"", $"Add {example}.");

    private static string Text(ConfigurationNode node)
    {
        var text = node.Name();
        return text.Length > MaxText ? throw node.Fault($"has more than {MaxText} characters")
            : text.Any(char.IsControl) ? throw node.Fault("holds a control character")
            : text;
    }

    private static int Places(ConfigurationNode node)
    {
        var text = node.TextOrNumber();
        for (var places = 0; places <= MaxPlaces; places++)
        {
            if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && scale == 1 / (decimal)BigInteger.Pow(10, places))
            {
                return places;
            }
        }

        throw node.Fault("is no scale", $"Write a power of ten from \"1\" down to \"1e-{MaxPlaces}\", such as \"1e-6\".");
    }

    private static (ExactLiteral? Low, ExactLiteral? High) Range(ConfigurationNode node)
    {
        var ends = node.Elements();
        return ends.Count == 2
            ? (ends[0].IsNull ? null : ExactLiteral.Read(ends[0]), ends[1].IsNull ? null : ExactLiteral.Read(ends[1]))
            : throw node.Fault("is no range", "Write [least, greatest], null for no bound: [0, null].");
    }

    private static long? Bound(ConfigurationNode node, ExactLiteral? end, int places)
    {
        if (end is not { } literal)
        {
            return null;
        }

        var (value, isExact) = literal.At(places);
        return !isExact ? throw node.Fault("has an end finer than the scale of the measure")
            : value > long.MaxValue || value <= long.MinValue ? throw node.Fault("has an end beyond what the scale of the measure holds", "Use null for no bound, or a coarser scale.")
            : (long)value;
    }

    private static long? Rescaled(long? micro, int places) => micro is not { } value ? null
        : places >= UserMeasure.DefaultPlaces ? value * (long)BigInteger.Pow(10, places - UserMeasure.DefaultPlaces)
        : value / (long)BigInteger.Pow(10, UserMeasure.DefaultPlaces - places);

    private static List<double> Sentinels(ConfigurationNode node)
    {
        var elements = node.Elements();
        return elements.Count > MaxSentinels
            ? throw node.Fault($"holds more than {MaxSentinels} values")
            : [.. elements.Select(static element => element.IsNumber
                && double.TryParse(element.TextOrNumber(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? value
                : throw element.Fault("must be a finite number")).Distinct().Order()];
    }

    private static (long Numerator, long Denominator) Order(ConfigurationNode node)
    {
        const int Places = 9;
        var (value, isExact) = ExactLiteral.Read(node).At(Places);
        var one = (long)BigInteger.Pow(10, Places);
        return isExact && value > 0 && value <= one
            ? ((long)value, one)
            : throw node.Fault("is no order of a quantile", $"Give a number above 0 and up to 1 with at most {Places} places, such as 0.95.");
    }

    private static string Unit(UserAggregate aggregate, UserColumn? column) => aggregate switch
    {
        UserAggregate.Share => "ratio",
        UserAggregate.Count or UserAggregate.Distinct => "1",
        _ => column!.Name[(column.Name.LastIndexOf('_') + 1)..] switch
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
        },
    };
}
