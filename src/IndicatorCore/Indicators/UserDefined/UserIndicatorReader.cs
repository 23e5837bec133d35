using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>Reads definition files (docs/user-defined.md).</summary>
internal sealed class UserIndicatorReader
{
    /// <summary>The most indicators of one file and of one query.</summary>
    public const int MaxIndicators = 1_000;

    private static readonly string[] s_rootKeys = ["$schema", "table", "measures", "indicators"];

    private static readonly string[] s_indicatorKeys =
    [
        "id", "version", "zh", "en", "unit", "table", "aggregate", "column", "q", "where", "of", "weight", "numerator", "denominator", "measure",
        "output", "input", "strata", "baseline", "after", "combine", "publish", "disclosure", "better", "sources",
    ];

    private static readonly string[] s_forAll = ["id", "version", "zh", "en", "unit", "table", "better", "sources"];

    private readonly string _file;
    private readonly IReadOnlyCollection<IndicatorDescription> _catalog;
    private readonly HashSet<string> _taken;
    private readonly Dictionary<string, (ConfigurationNode Node, Dictionary<string, ConfigurationNode> Members)> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UserIndicator> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reading = new(StringComparer.Ordinal);
    private Dictionary<string, UserMeasure> _measures = [];
    private string _table = TableCatalog.Telemetry;

    private UserIndicatorReader(string file, IReadOnlyCollection<IndicatorDescription> catalog)
    {
        _file = file;
        _catalog = catalog;
        _taken = [.. catalog.SelectMany(static indicator => indicator.Parts.Prepend(indicator.Id))];
    }

    /// <summary>The indicators of a file, in its order.</summary>
    /// <param name="root">The file.</param>
    /// <param name="file">Its name.</param>
    /// <param name="catalog">The built-in indicators.</param>
    /// <exception cref="ConfigurationException">The file says something unknown or impossible.</exception>
    public static IReadOnlyList<UserIndicator> Read(ConfigurationNode root, string file, IReadOnlyCollection<IndicatorDescription> catalog) =>
        new UserIndicatorReader(file, catalog).Read(root);

    private List<UserIndicator> Read(ConfigurationNode root)
    {
        ConfigurationNode? indicators = null;
        foreach (var (key, node) in root.Members())
        {
            switch (key)
            {
                case "$schema":
                    node.Text();   // for editors
                    break;
                case "table":
                    _table = UserFields.Table(node);
                    break;
                case "measures":
                    _measures = UserMeasureReader.Read(node);
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

        List<string> ids = [.. elements.Select(Note)];
        return ids.ConvertAll(ReadIndicator);
    }

    private string Note(ConfigurationNode node)
    {
        var members = new Dictionary<string, ConfigurationNode>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Members())
        {
            members.Add(key, s_indicatorKeys.Contains(key) ? value : throw value.Unknown(key, s_indicatorKeys));
        }

        var at = UserSideReader.Required(node, members, "id", "\"id\": \"rows\"");
        var id = UserFields.Text(at);
        if (!UserFields.IsId(id))
        {
            throw at.Fault("is no id", "Ids begin with a small letter and hold small letters, digits and _, with one part behind a point at most: energy.peak; 64 characters.");
        }

        if (_taken.Contains(id) || _taken.Contains(id.Split('.')[0]))
        {
            throw at.Fault("is the id of a built-in indicator", "Give it another one, such as my_" + id.Replace('.', '_') + ".");
        }

        return _nodes.TryAdd(id, (node, members))
            ? id
            : throw at.Fault($"is the id of {_nodes[id].Members["id"].Path} too", "Each indicator has an id of its own.");
    }

    private UserIndicator ReadIndicator(string id)
    {
        if (_read.TryGetValue(id, out var known))
        {
            return known;
        }

        var (node, members) = _nodes[id];
        if (!_reading.Add(id))
        {
            throw node.Fault($"is made of itself: {string.Join(", ", _reading.SkipWhile(other => other != id))} and again {id}", "Break the circle.");
        }

        var indicator = members.TryGetValue("combine", out var combine) ? Combination(node, members, combine) : Aggregated(node, members);
        indicator = indicator with
        {
            Id = id,
            Version = members.TryGetValue("version", out var at) ? at.Integer(1, 1_000_000) : 1,
            English = members.TryGetValue("en", out at) ? UserFields.Text(at) : id,
            Better = members.TryGetValue("better", out at) ? UserFields.Better(at) : UserBetter.Unsaid,
            GivenSources = members.TryGetValue("sources", out at) ? UserFields.Sources(at) : [],
        };
        indicator = indicator with { Chinese = members.TryGetValue("zh", out at) ? UserFields.Text(at) : indicator.English };
        foreach (var part in indicator.Parts)
        {
            if (_nodes.TryGetValue(part, out var other))
            {
                throw other.Members["id"].Fault($"is a part of {members["id"].Path}", "Give it another id.");
            }
        }

        _reading.Remove(id);
        _read.Add(id, indicator);
        return indicator;
    }

    private UserIndicator Aggregated(ConfigurationNode node, Dictionary<string, ConfigurationNode> members)
    {
        var aggregate = UserFields.Aggregate(UserSideReader.Required(node, members, "aggregate", "\"aggregate\": \"count\""));
        var table = members.TryGetValue("table", out var at) ? UserFields.Table(at) : null;
        var sides = new UserSideReader(MeasureOf, ReadOther, table);
        UserKindReader.Check(node, members, aggregate, s_forAll);
        var indicator = new UserKindReader(sides, MeasureOf).Read(node, members, aggregate, _file);
        indicator = indicator with { Table = table ?? sides.Table ?? _table };
        if (sides.Table is { } met && met != indicator.Table)
        {
            throw node.Fault($"is of table {indicator.Table}, and what it is made of is of {met}", "Leave \"table\" out.");
        }

        if (members.TryGetValue("unit", out at))
        {
            indicator = indicator with { Unit = UserFields.Text(at) };
        }

        if (members.TryGetValue("publish", out at))
        {
            indicator = indicator with { Rules = UserFields.Rules(at) };
            if (indicator.Rules is not { MissingWarn: null, MissingSuppress: null } && !indicator.HasClasses)
            {
                throw at.Fault("judges missing values, and the indicator is of no single column", "Leave \"max_missing_share\" out.");
            }
        }

        if (members.TryGetValue("disclosure", out at))
        {
            indicator = indicator with { Weight = UserFields.Weight(at) };
            if (indicator.Weight == UserWeight.Denominator && indicator.Denominator is null && aggregate != UserAggregate.Share)
            {
                throw at.Fault("weighs a denominator, and there is none", "Write \"rows\" or \"numerator\".");
            }
        }

        return indicator;
    }

    private UserIndicator Combination(ConfigurationNode node, Dictionary<string, ConfigurationNode> members, ConfigurationNode combine)
    {
        foreach (var (key, member) in members)
        {
            if (key is not "combine" && (key == "table" || !s_forAll.Contains(key)))
            {
                throw member.Fault("has no meaning for a combination", key is "publish" or "disclosure" ? "Say it of the parts: the worst of them decides." : "Leave it out.");
            }
        }

        var expression = new UserExpressionParser(UserFields.Text(combine), combine.FaultAt).Parse();
        if (expression.Indicators.Count == 0)
        {
            throw combine.Fault("names no indicator", "Write an expression over ids: used / made.");
        }

        foreach (var step in expression.Steps.Where(static step => step.Operation == UserOperation.Indicator))
        {
            if (!_nodes.ContainsKey(step.Indicator) && !IsPart(step.Indicator) && !_taken.Contains(step.Indicator))
            {
                throw combine.FaultAt(
                    step.At, $"names {step.Indicator}, which is no indicator of the file or the catalogue", NearestName.Advice(step.Indicator, [.. _nodes.Keys, .. _taken]));
            }
        }

        List<UserIndicator> own = [.. expression.Indicators.Select(OwnerOf).OfType<string>().Distinct(StringComparer.Ordinal).Select(ReadIndicator)];
        var derived = expression.Unit(UnitOf, combine.FaultAt);
        string unit;
        if (members.TryGetValue("unit", out var given))
        {
            unit = UserFields.Text(given);
            if (derived is { IsConverted: false, IsConstant: false, HasNumbers: false } && !derived.IsSame(UserUnit.Parse(unit)))
            {
                throw given.Fault($"is not the unit of \"combine\", which gives {derived}", "Leave it out, or convert with a constant factor.");
            }
        }
        else
        {
            unit = (derived ?? throw node.Fault("has no \"unit\", and those of its parts do not tell it", "Add \"unit\".")).ToString();
        }

        var needs = own.SelectMany(static indicator => indicator.Describe().Needs)
            .Concat(_catalog.Where(indicator => expression.Indicators.Any(id => id == indicator.Id || indicator.Parts.Contains(id))).SelectMany(static indicator => indicator.Needs));
        return new UserIndicator
        {
            File = _file,
            Id = string.Empty,
            Version = 1,
            Chinese = string.Empty,
            English = string.Empty,
            Unit = unit,
            Table = own.Count > 0 ? own[0].Table : _table,
            Aggregate = UserAggregate.Combination,
            Expression = expression,
            PartNeeds = [.. needs.DistinctBy(static need => need.ToString())],
            Formula = expression.Text,
        };
    }

    // of a part such as index.paasche the index; null for the catalogue's
    private string? OwnerOf(string id) => _nodes.ContainsKey(id) ? id : IsPart(id) ? id.Split('.')[0] : null;

    private bool IsPart(string id) => id.Split('.') is [var whole, "paasche" or "laspeyres"] && _nodes.TryGetValue(whole, out var node)
        && node.Members.TryGetValue("aggregate", out var aggregate) && aggregate.IsText && aggregate.Text() == "fisher";

    private UserUnit? UnitOf(string id) => OwnerOf(id) is { } own
        ? UserUnit.Parse(ReadIndicator(own).Unit)
        : _catalog.FirstOrDefault(indicator => indicator.Id == id) is { } builtIn ? UserUnit.Parse(builtIn.Unit) : null;

    // an indicator that another one names, to be made part of it
    private UserIndicator ReadOther(ConfigurationNode node)
    {
        var id = node.Text();
        return _nodes.ContainsKey(id)
            ? ReadIndicator(id)
            : throw node.Fault("is no indicator of the file", NearestName.Advice(id, [.. _nodes.Keys]));
    }

    private UserMeasure MeasureOf(string column) => _measures.GetValueOrDefault(column) ?? UserMeasure.Default(column);
}
