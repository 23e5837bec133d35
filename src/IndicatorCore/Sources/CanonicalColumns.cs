using System.Collections.Frozen;

namespace IndicatorCore.Sources;

/// <summary>The tables and canonical columns of an export (interface 1).</summary>
internal static class CanonicalColumns
{
    private static readonly FrozenDictionary<string, CanonicalKind> s_kinds = Kinds();

    /// <summary>Every table, by UTF-8 order of its name.</summary>
    public static IReadOnlyList<string> Tables { get; } = [.. TableCatalog.All.Select(static table => table.Name).Order(StringComparer.Ordinal)];

    /// <summary>Every canonical column of any table, ordered by name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_kinds.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether <paramref name="name"/> is a canonical column of any table, and which kind of value it holds.</summary>
    public static bool TryKind(string name, out CanonicalKind kind) => s_kinds.TryGetValue(name, out kind);

    /// <summary>The columns that <paramref name="table"/> can use, in the contract's order; <c>telemetry</c> can use all.</summary>
    public static IReadOnlyList<string> Of(string table) => TableCatalog.Find(table) is { } definition && table != TableCatalog.Telemetry
        ? [.. definition.Columns]
        : [TimeOf(TableCatalog.Telemetry), .. All.Where(static name => name != TimeOf(TableCatalog.Telemetry))];

    /// <summary>The columns that <paramref name="table"/> cannot do without; of alternatives, joined by <c>|</c>, one is enough.</summary>
    public static IReadOnlyList<string> Required(string table) => TableCatalog.Find(table)!.Required;

    /// <summary>The column that stamps a row of <paramref name="table"/>.</summary>
    public static string TimeOf(string table) => TableCatalog.Find(table)!.TimeColumn;

    private static FrozenDictionary<string, CanonicalKind> Kinds()
    {
        var kinds = new Dictionary<string, CanonicalKind>();
        foreach (var name in TableCatalog.All.SelectMany(static table => table.Columns))
        {
            kinds[name] = name switch
            {
                "online" or "lost" or "one_way" or "is_project_cost" => CanonicalKind.Flag,
                "seq" or "revision" or "ingest_seq" or "floor" or "counter_bits" => CanonicalKind.Integer,
                "event_ts" or "start_ts" or "end_ts" or "ingest_ts" => CanonicalKind.Instant,
                "interval_start" or "interval_end" or "period_start" or "period_end" => CanonicalKind.Instant,
                "device" or "link" or "cell" or "rat" or "grid" or "flow" or "object" or "counter" or "direction" => CanonicalKind.Key,
                "session" or "line" or "order" or "product" or "unit" or "ledger_line" or "element" => CanonicalKind.Key,
                "meter" or "kind" or "factory" or "workshop" => CanonicalKind.Key,
                _ => CanonicalKind.Measure,
            };
        }

        return kinds.ToFrozenDictionary();
    }
}
