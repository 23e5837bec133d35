namespace IndicatorCore.Indicators.UserDefined;

/// <summary>A condition on rows as a tree, as a definition file says it.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Key">The condition in one spelling: equal conditions have equal keys.</param>
internal sealed record UserWhere(UserPredicateKind Kind, string Key)
{
    /// <summary>The column; null for Always, All, Any and Not.</summary>
    public UserColumn? Column { get; private init; }

    /// <summary>Least fixed-point value of a Range.</summary>
    public long Low { get; private init; }

    /// <summary>Greatest fixed-point value of a Range.</summary>
    public long High { get; private init; }

    /// <summary>The fixed-point values of Among, ascending.</summary>
    public long[] Values { get; private init; } = [];

    /// <summary>The texts of Texts, in ordinal order.</summary>
    public string[] Texts { get; private init; } = [];

    /// <summary>The conditions combined.</summary>
    public UserWhere[] Operands { get; private init; } = [];

    /// <summary>Every row.</summary>
    public static UserWhere Always { get; } = new(UserPredicateKind.Always, "always");

    /// <summary>No row.</summary>
    public static UserWhere Never { get; } = new(UserPredicateKind.Any, "any()");

    /// <summary>Rows whose value is VALID.</summary>
    public static UserWhere Valid(UserColumn column) => new(UserPredicateKind.Valid, $"valid({column.Key})") { Column = column };

    /// <summary>Rows whose value is VALID and in a range.</summary>
    public static UserWhere Range(UserColumn column, long low, long high) => low > high ? Never
        : low == long.MinValue && high == long.MaxValue ? Valid(column)
        : new(UserPredicateKind.Range, $"range({column.Key},{low},{high})") { Column = column, Low = low, High = high };

    /// <summary>Rows whose value is VALID and one of some.</summary>
    public static UserWhere Among(UserColumn column, IEnumerable<long> values)
    {
        long[] sorted = [.. values.Distinct().Order()];
        return sorted.Length switch
        {
            0 => Never,
            1 => Range(column, sorted[0], sorted[0]),
            _ => new(UserPredicateKind.Among, $"among({column.Key},{string.Join(',', sorted)})") { Column = column, Values = sorted },
        };
    }

    /// <summary>Rows whose key is one of some.</summary>
    public static UserWhere Named(UserColumn column, IEnumerable<string> texts)
    {
        string[] sorted = [.. texts.Distinct().Order(StringComparer.Ordinal)];
        return sorted.Length == 0
            ? Never
            : new(UserPredicateKind.Texts, $"texts({column.Key},{string.Join(',', sorted.Select(static text => $"{text.Length}:{text}"))})") { Column = column, Texts = sorted };
    }

    /// <summary>Rows of which all hold.</summary>
    public static UserWhere All(IEnumerable<UserWhere> operands)
    {
        var kept = Distinct(operands.Where(static operand => operand.Kind != UserPredicateKind.Always));
        return kept.Length switch
        {
            0 => Always,
            1 => kept[0],
            _ => new(UserPredicateKind.All, $"all({string.Join(',', kept.Select(static operand => operand.Key))})") { Operands = kept },
        };
    }

    /// <summary>Rows of which any holds.</summary>
    public static UserWhere Any(IEnumerable<UserWhere> operands)
    {
        var kept = Distinct(operands);
        return kept.Length switch
        {
            0 => Never,
            1 => kept[0],
            _ => new(UserPredicateKind.Any, $"any({string.Join(',', kept.Select(static operand => operand.Key))})") { Operands = kept },
        };
    }

    /// <summary>Rows of which it does not hold.</summary>
    public static UserWhere Not(UserWhere operand) => new(UserPredicateKind.Not, $"not({operand.Key})") { Operands = [operand] };

    /// <summary>The columns that the condition names.</summary>
    public IEnumerable<UserColumn> Columns() => Column is null ? Operands.SelectMany(static operand => operand.Columns()) : [Column];

    private static UserWhere[] Distinct(IEnumerable<UserWhere> operands) =>
        [.. operands.DistinctBy(static operand => operand.Key).OrderBy(static operand => operand.Key, StringComparer.Ordinal)];
}
