using IndicatorCore.Columns;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>The columns that a state file has besides where the query has user-defined indicators (docs/state-file.md).</summary>
internal static class UserStateColumns
{
    /// <summary>The place of a set or of a bag of values among those of its plan.</summary>
    public static StateColumn Item => Column(0);

    /// <summary>No values: it carries the dictionary of keys that are no scope.</summary>
    public static StateColumn Key => Column(1);

    /// <summary>The members of a set, or the values of a bag.</summary>
    public static StateColumn Members => Column(2);

    /// <summary>The column of one long (of a sum: the first of two) of a plan's records.</summary>
    public static StateColumn OfRecord(IReadOnlyList<UserPlan> plans, int plan, int field) =>
        Column(3 + plans.Take(plan).Sum(static before => Fields(before).Count) + field);

    /// <summary>The columns, none without plans.</summary>
    public static IEnumerable<Field> Of(IReadOnlyList<UserPlan> plans)
    {
        if (plans.Count == 0)
        {
            return [];
        }

        Field[] first =
        [
            new() { Name = "item", Type = ArrowType.Int(32) },
            new() { Name = "key", Type = ArrowType.Of(ArrowTypeId.Utf8), Dictionary = new DictionaryEncoding((int)StateKind.Other, ArrowType.Int(32)) },
            new() { Name = "members", Type = ArrowType.Of(ArrowTypeId.Binary) },
        ];
        return first.Concat(plans.SelectMany(static plan => Fields(plan)));
    }

    // counts, classes, extremes, sums: in the order of the record
    private static List<Field> Fields(UserPlan plan)
    {
        var fields = new List<Field>();
        var count = ArrowType.Int(64);
        fields.AddRange(plan.Counts.Select((_, i) => new Field { Name = $"{plan.Table}.count{i}", Type = count }));
        foreach (var column in plan.Classes)
        {
            fields.Add(new() { Name = $"{plan.Table}.{plan.Columns[column].Name}.{column}.n_missing", Type = count });
            fields.Add(new() { Name = $"{plan.Table}.{plan.Columns[column].Name}.{column}.n_invalid", Type = count });
        }

        fields.AddRange(plan.Extremes.Select((extreme, i) => new Field { Name = $"{plan.Table}.{plan.Columns[extreme.Column].Name}.{(extreme.IsMinimum ? "min" : "max")}{i}", Type = count }));
        fields.AddRange(plan.Sums.Select((sum, i) => new Field
        {
            Name = sum.Weight < 0
                ? $"{plan.Table}.{plan.Columns[sum.Column].Name}.sum{i}"
                : $"{plan.Table}.{plan.Columns[sum.Column].Name}*{plan.Columns[sum.Weight].Name}.part{sum.Limb}.sum{i}",
            Type = ArrowType.Decimal128(38, sum.Weight < 0 ? plan.Columns[sum.Column].Measure!.Places : 0),
        }));
        return fields;
    }

    private static StateColumn Column(int number) => (StateColumn)(StateSchema.Columns + number);
}
