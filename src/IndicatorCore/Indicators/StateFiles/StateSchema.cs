using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>The Arrow schema of state files (docs/state-file.md); all versions have the same columns, since version 3 no wider than their values.</summary>
internal static class StateSchema
{
    /// <summary>The version that is written.</summary>
    public const int Version = 3;

    /// <summary>The oldest version that is read.</summary>
    public const int OldestVersion = 1;

    /// <summary>Schema metadata: the header, JSON.</summary>
    public const string HeaderKey = "indicatorcore.state";

    /// <summary>Schema metadata: what a checkpoint says of its file, JSON.</summary>
    public const string CheckpointKey = "indicatorcore.checkpoint";

    /// <summary>Footer metadata: SHA-256 of the stream in the file, lower-case hexadecimal.</summary>
    public const string DigestKey = "indicatorcore.sha256";

    /// <summary>Rows of a batch.</summary>
    public const int BatchRows = 1 << 16;

    private const int FirstNameId = 16;

    private static readonly ArrowType s_count = ArrowType.Int(64);
    private static readonly ArrowType s_small = ArrowType.Int(8);
    private static readonly ArrowType s_instant = ArrowType.Timestamp(TimeUnit.Nanosecond, "UTC");
    private static readonly ArrowType s_day = new() { Id = ArrowTypeId.Date, BitWidth = 32, };
    private static readonly ArrowType s_quantity = ArrowType.Decimal128(38, 6);
    private static readonly ArrowType s_money = ArrowType.Decimal128(38, 4);

    // in the order of StateColumn
    private static readonly Field[] s_fields =
    [
        Name(StateColumn.Section, "section"),
        Plain("input", ArrowType.Of(ArrowTypeId.Utf8)),
        Name(StateColumn.Table, "table"),
        Name(StateColumn.Reason, "reason"),
        Name(StateColumn.Link, "link"),
        Key("factory", StateKind.Factory),
        Key("workshop", StateKind.Workshop),
        Key("line", StateKind.Line),
        Key("device", StateKind.Device),
        Key("product", StateKind.Product),
        Key("unit", StateKind.Unit),
        Key("element", StateKind.Element),
        Key("cohort", StateKind.Device),
        Plain("pane_start", s_instant),
        Plain("pane_end", s_instant),
        Plain("floor", ArrowType.Int(32)),
        Plain("ix", s_count),
        Plain("iy", s_count),
        Plain("is_project_cost", ArrowType.Of(ArrowTypeId.Bool)),
        Plain("end_day", s_day),
        Plain("n_received", s_count),
        Plain("n_dup", s_count),
        Plain("n_conflict", s_count),
        Plain("first_ts", s_instant),
        Plain("last_ts", s_instant),
        Plain("n_valid", s_count),
        Plain("n_missing", s_count),
        Plain("n_invalid", s_count),
        Plain("n_covered", s_count),
        Plain("n_unserved", s_count),
        Plain("devices_seen", s_small),
        Key("only_device", StateKind.Device),
        Plain("days_seen", s_small),
        Plain("only_day", s_day),
        Plain("n_producing", s_count),
        Plain("q_good", s_quantity),
        Plain("n_labour", s_count),
        Plain("labour_q_good", s_quantity),
        Plain("labour_s", s_quantity),
        Plain("labour_without_output_s", s_quantity),
        Plain("n_machine", s_count),
        Plain("machine_q_good", s_quantity),
        Plain("machine_s", s_quantity),
        Plain("machine_without_output_s", s_quantity),
        Plain("amount_cny", s_money),
        Plain("n_output", s_count),
        Plain("kwh", s_quantity),
        Plain("n", s_count),
        Plain("devices", ArrowType.Of(ArrowTypeId.Binary)),
    ];

    /// <summary>How many columns there are without user-defined indicators.</summary>
    public static int Columns => s_fields.Length;

    /// <summary>The schema with its metadata, as wide as it may be.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="plans">The plans of user-defined indicators.</param>
    public static Schema With(IReadOnlyList<KeyValuePair<string, string>> metadata, params IReadOnlyList<UserPlan> plans) =>
        new() { Fields = [.. s_fields, .. UserStateColumns.Of(plans)], Metadata = metadata };

    /// <summary>The schema with its metadata.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="widths">How wide its numbers are.</param>
    /// <param name="names">How many keys there are, by <see cref="StateKind"/>.</param>
    /// <param name="plans">The plans of user-defined indicators.</param>
    public static Schema With(
        IReadOnlyList<KeyValuePair<string, string>> metadata, StateWidths widths, IReadOnlyList<int> names, IReadOnlyList<UserPlan> plans)
    {
        var fields = s_fields.Select((field, column) => field.Dictionary is not { } dictionary
            ? field with { Type = widths.TypeOf((StateColumn)column, field.Type) }
            : field with { Dictionary = dictionary with { IndexType = ArrowType.Int(StateWidths.IndexBits(dictionary.Id < FirstNameId ? names[(int)dictionary.Id] : FirstNameId)) } });
        return new() { Fields = [.. fields, .. UserStateColumns.Of(plans)], Metadata = metadata };
    }

    /// <summary>The kind of key that a column holds, or null.</summary>
    public static StateKind? KindOf(StateColumn column) =>
        s_fields[(int)column].Dictionary is { Id: < FirstNameId } dictionary ? (StateKind)dictionary.Id : null;

    /// <summary>A column's name.</summary>
    public static string NameOf(StateColumn column) => s_fields[(int)column].Name;

    /// <summary>Refuses a schema that is not this one.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="plans">The plans of user-defined indicators.</param>
    /// <exception cref="StateMismatchException">It is not.</exception>
    public static void Check(Schema schema, IReadOnlyList<UserPlan> plans)
    {
        Field[] fields = [.. s_fields, .. UserStateColumns.Of(plans)];
        var isSame = schema.Fields.Count == fields.Length;
        for (var i = 0; isSame && i < fields.Length; i++)
        {
            var (mine, theirs) = (fields[i], schema.Fields[i]);
            isSame = mine.Name == theirs.Name && IsNarrower(theirs.Type, mine.Type) && mine.Dictionary?.Id == theirs.Dictionary?.Id
                && (mine.Dictionary is not { } dictionary || IsNarrower(theirs.Dictionary!.IndexType, dictionary.IndexType));
        }

        if (!isSame)
        {
            throw new StateMismatchException("The columns are not those of a state file", advice: "It was changed by another program: read the inputs again.");
        }
    }

    // the same type, or integers of fewer bits, or instants of a coarser unit
    private static bool IsNarrower(ArrowType type, ArrowType widest) => type == widest
        || (widest.Id == ArrowTypeId.Int && type.BitWidth is 8 or 16 or 32 && type.BitWidth < widest.BitWidth && type == ArrowType.Int(type.BitWidth))
        || (widest.Id == ArrowTypeId.Timestamp && type == ArrowType.Timestamp(type.Unit, widest.TimeZone));

    private static Field Plain(string name, ArrowType type) => new() { Name = name, Type = type };

    private static Field Key(string name, StateKind kind) => Coded(name, (int)kind);

    private static Field Name(StateColumn column, string name) => Coded(name, FirstNameId + (int)column);

    private static Field Coded(string name, int id) =>
        Plain(name, ArrowType.Of(ArrowTypeId.Utf8)) with { Dictionary = new DictionaryEncoding(id, ArrowType.Int(32)) };
}
