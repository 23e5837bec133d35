using System.Numerics;
using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>Reads the conditions of one indicator.</summary>
/// <param name="measureOf">How a column's numbers become fixed point.</param>
internal sealed class UserWhereReader(Func<string, UserMeasure> measureOf)
{
    private const int MaxConditions = 1_000;
    private const int MaxChoices = 10_000;
    private const int MaxFormula = 400;

    private static readonly string[] s_operators = ["eq", "ne", "ge", "gt", "le", "lt", "in", "valid"];
    private static readonly string[] s_signs = ["=", "<>", ">=", ">", "<=", "<"];

    private int _conditions;

    /// <summary>A condition, and what it says in words.</summary>
    /// <exception cref="ConfigurationException">It says something unknown or impossible.</exception>
    public (UserWhere Where, string Text) Read(ConfigurationNode node)
    {
        var parts = new List<(UserWhere Where, string Text)>();
        foreach (var (key, value) in node.Members())
        {
            if (++_conditions > MaxConditions)
            {
                throw value.Fault($"is one of more than {MaxConditions} conditions of the indicator");
            }

            switch (key)
            {
                case "all":
                    parts.Add(Joined(value, UserWhere.All, " and "));
                    break;
                case "any":
                    parts.Add(Joined(value, UserWhere.Any, " or "));
                    break;
                case "not":
                    var (where, text) = Read(value);
                    parts.Add((UserWhere.Not(where), $"not ({text})"));
                    break;
                default:
                    parts.Add(Condition(key, value));
                    break;
            }
        }

        if (parts.Count == 0)
        {
            throw node.Fault("is no condition", "Name a column, such as { \"online\": true }, or leave the key out for all rows.");
        }

        return (UserWhere.All(parts.Select(static part => part.Where)), Short(string.Join(" and ", parts.Select(static part => part.Text))));
    }

    private (UserWhere Where, string Text) Joined(ConfigurationNode node, Func<IEnumerable<UserWhere>, UserWhere> join, string word)
    {
        var parts = node.Elements().Select(Read).ToList();
        return parts.Count > 0
            ? (join(parts.Select(static part => part.Where)), Short($"({string.Join(word, parts.Select(static part => part.Text))})"))
            : throw node.Fault("is an empty list", "Give at least one condition.");
    }

    private (UserWhere Where, string Text) Condition(string column, ConfigurationNode node)
    {
        if (column.Length is 0 or > 1_000)
        {
            throw node.Fault("stands at no column: the name is empty or too long");
        }

        if (UserMeasure.KindOf(column) == CanonicalKind.Instant)
        {
            throw node.Fault("is about an instant", "Bound event times with --from and --to.");
        }

        if (!node.IsObject)
        {
            return Compare(column, "eq", node);
        }

        var members = node.Members().ToList();
        if (members.Count == 0)
        {
            throw node.Fault("is no condition", $"Give {string.Join(", ", s_operators)}.");
        }

        // what "valid" is about is told by what stands beside it
        var role = members.Where(static member => member.Key != "valid").Select(member => RoleOf(column, member.Value)).FirstOrDefault(RoleOf(column));
        var parts = members.ConvertAll(member => member.Key == "valid" ? Valid(ColumnOf(column, role), member.Value)
            : s_operators.Contains(member.Key) ? Compare(column, member.Key, member.Value)
            : throw member.Value.Unknown(member.Key, s_operators));
        return (UserWhere.All(parts.Select(static part => part.Where)), string.Join(" and ", parts.Select(static part => part.Text)));
    }

    private static (UserWhere Where, string Text) Valid(UserColumn column, ConfigurationNode node) => node.Flag()
        ? (UserWhere.Valid(column), $"{column.Name} is valid")
        : (UserWhere.Not(UserWhere.Valid(column)), $"{column.Name} is not valid");

    private (UserWhere Where, string Text) Compare(string name, string comparison, ConfigurationNode node)
    {
        var column = ColumnOf(name, RoleOf(name, node));
        if (comparison == "in")
        {
            return In(column, node);
        }

        var text = $"{name} {s_signs[Array.IndexOf(s_operators, comparison)]} {(node.IsText ? node.Text() : node.IsFlag ? node.Flag() ? "true" : "false" : node.TextOrNumber())}";
        if (column.Role == UserColumnRole.Measure)
        {
            return (Bounds(column, comparison, ExactLiteral.Read(node)), text);
        }

        if (comparison is not ("eq" or "ne"))
        {
            throw node.Fault("orders what has no order", "Texts, true and false are compared with eq, ne and in; ge, gt, le and lt need a number.");
        }

        var equal = Equal(column, node);
        return (comparison == "eq" ? equal : UserWhere.All([UserWhere.Valid(column), UserWhere.Not(equal)]), text);
    }

    private (UserWhere Where, string Text) In(UserColumn column, ConfigurationNode node)
    {
        var choices = node.Elements();
        if (choices.Count is 0 or > MaxChoices)
        {
            throw node.Fault($"holds {choices.Count} values, and 1 to {MaxChoices} may be", "Give the values that are meant.");
        }

        foreach (var choice in choices)
        {
            if (RoleOf(column.Name, choice) != column.Role)
            {
                throw choice.Fault("is of another kind than the values before it");
            }
        }

        var where = column.Role switch
        {
            UserColumnRole.Measure => UserWhere.Among(column, choices.Select(choice => Exactly(ExactLiteral.Read(choice), column.Measure!.Places)).OfType<long>()),
            UserColumnRole.Key => UserWhere.Named(column, choices.Select(Text)),
            _ => UserWhere.Any(choices.Select(choice => Equal(column, choice))),
        };
        var shown = string.Join(", ", choices.Take(5).Select(static choice => choice.IsFlag ? choice.Flag() ? "true" : "false" : choice.TextOrNumber()));
        return (where, $"{column.Name} in ({shown}{(choices.Count > 5 ? ", ..." : string.Empty)})");
    }

    private static UserWhere Equal(UserColumn column, ConfigurationNode node) => column.Role == UserColumnRole.Key
        ? UserWhere.Named(column, [Text(node)])
        : UserWhere.Range(column, node.Flag() ? 1 : 0, node.Flag() ? 1 : 0);

    // the fixed-point value is held against the literal exactly, however fine the literal is
    private static UserWhere Bounds(UserColumn column, string comparison, ExactLiteral literal)
    {
        var (floor, isExact) = literal.At(column.Measure!.Places);
        var ceiling = isExact ? floor : floor + 1;
        return comparison switch
        {
            "eq" => Exactly(literal, column.Measure.Places) is { } value ? UserWhere.Range(column, value, value) : UserWhere.Never,
            "ne" => Exactly(literal, column.Measure.Places) is { } other
                ? UserWhere.All([UserWhere.Valid(column), UserWhere.Not(UserWhere.Range(column, other, other))])
                : UserWhere.Valid(column),
            "ge" => From(column, ceiling),
            "gt" => From(column, floor + 1),
            "le" => UpTo(column, floor),
            _ => UpTo(column, ceiling - 1),
        };
    }

    private static UserWhere From(UserColumn column, BigInteger low) =>
        low > long.MaxValue ? UserWhere.Never : UserWhere.Range(column, low < long.MinValue ? long.MinValue : (long)low, long.MaxValue);

    private static UserWhere UpTo(UserColumn column, BigInteger high) =>
        high < long.MinValue ? UserWhere.Never : UserWhere.Range(column, long.MinValue, high > long.MaxValue ? long.MaxValue : (long)high);

    private static long? Exactly(ExactLiteral literal, int places) =>
        literal.At(places) is (var value, true) && value <= long.MaxValue && value >= long.MinValue ? (long)value : null;

    private static string Text(ConfigurationNode node)
    {
        var text = node.Text();
        return text.Length is 0 or > 1_000
            ? throw node.Fault("is an empty or very long text, which no key is", "A key that is absent is { \"valid\": false }.")
            : text;
    }

    private UserColumn ColumnOf(string name, UserColumnRole role) => new(name, role, role == UserColumnRole.Measure ? measureOf(name) : null);

    private static UserColumnRole RoleOf(string column) => UserMeasure.KindOf(column) switch
    {
        CanonicalKind.Flag => UserColumnRole.Flag,
        CanonicalKind.Key => UserColumnRole.Key,
        _ => UserColumnRole.Measure,
    };

    private static UserColumnRole RoleOf(string column, ConfigurationNode node)
    {
        if (node.IsArray)
        {
            return node.Elements() is [var first, ..] ? RoleOf(column, first) : RoleOf(column);
        }

        UserColumnRole role = node.IsNumber ? UserColumnRole.Measure
            : node.IsFlag ? UserColumnRole.Flag
            : node.IsText ? UserColumnRole.Key
            : throw node.Fault("is nothing to compare with", "Give a number, a text, true or false; what is absent is { \"valid\": false }.");
        return UserMeasure.KindOf(column) is null || RoleOf(column) == role
            ? role
            : throw node.Fault($"does not fit '{column}'", RoleOf(column) switch
            {
                UserColumnRole.Flag => "The column holds true and false.",
                UserColumnRole.Key => "The column holds keys: compare it with a text in quotes.",
                _ => "The column holds numbers.",
            });
    }

    private static string Short(string text) => text.Length <= MaxFormula ? text : text[..(MaxFormula - 4)] + " ...";
}
