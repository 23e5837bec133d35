using System.Collections.Frozen;

namespace IndicatorCore.Sources;

/// <summary>The tables and canonical columns of an export (interface 1).</summary>
internal static class CanonicalColumns
{
    /// <summary>The table whose rows may feed every other table.</summary>
    public const string Telemetry = "telemetry";

    /// <summary>The table of round trips.</summary>
    public const string Probe = "probe";

    private static readonly string[] s_common = ["revision", "ingest_seq", "ingest_ts", "factory", "workshop", "line"];

    private static readonly FrozenDictionary<string, string[]> s_tables = new Dictionary<string, string[]>
    {
        ["connectivity"] = ["event_ts", "device", "online", "link", "seq"],
        ["radio"] = ["event_ts", "rsrp_dbm", "sinr_db", "device", "cell", "rat", "x_m", "y_m", "floor", "grid", "seq"],
        [Probe] = ["event_ts", "latency_ms", "flow", "device", "seq", "deadline_ms", "lost", "one_way"],
        ["counter"] = ["event_ts", "object", "bytes", "counter", "direction", "counter_bits", "link_capacity_bps"],
        ["session"] = ["start_ts", "end_ts", "device", "session"],
        ["production"] =
        [
            "interval_start", "line", "q_good", "interval_end", "order", "product", "unit", "q_total", "q_started", "q_first_pass",
            "labour_h", "labour_s", "machine_h", "machine_s", "planned_busy_h", "planned_busy_s", "actual_h", "actual_s",
            "ideal_h_per_unit", "ideal_s_per_unit",
        ],
        ["cost"] =
        [
            "period_start", "line", "amount_cny", "period_end", "ledger_line", "product", "element", "is_project_cost", "q_good",
        ],
        ["energy"] = ["interval_start", "kwh", "interval_end", "meter", "reading_kwh", "line", "product", "unit", "q_good"],
        ["downtime"] = ["start_ts", "end_ts", "line", "kind"],
        [Telemetry] = ["event_ts"],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, CanonicalKind> s_kinds = Kinds();

    /// <summary>Every table, by UTF-8 order of its name.</summary>
    public static IReadOnlyList<string> Tables { get; } = [.. s_tables.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Every canonical column of any table, ordered by name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_kinds.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether <paramref name="name"/> is a canonical column of any table, and which kind of value it holds.</summary>
    public static bool TryKind(string name, out CanonicalKind kind) => s_kinds.TryGetValue(name, out kind);

    /// <summary>The columns that <paramref name="table"/> can use, in the contract's order; <c>telemetry</c> can use all.</summary>
    public static IReadOnlyList<string> Of(string table) =>
        table == Telemetry ? [.. s_tables[Telemetry], .. All.Where(static name => name != "event_ts")] : [.. s_tables[table].Union(s_common)];

    /// <summary>The columns that <paramref name="table"/> cannot do without; of alternatives, joined by <c>|</c>, one is enough.</summary>
    public static IReadOnlyList<string> Required(string table) => table switch
    {
        "connectivity" => ["event_ts", "device"],
        "radio" => ["event_ts", "rsrp_dbm", "sinr_db"],
        Probe => ["event_ts", "latency_ms"],
        "counter" => ["event_ts", "object", "bytes"],
        "session" => ["start_ts", "end_ts", "device"],
        "production" => ["interval_start", "line", "q_good"],
        "cost" => ["period_start", "line", "amount_cny"],
        "energy" => ["interval_start", "kwh|reading_kwh"],
        "downtime" => ["start_ts", "end_ts", "line"],
        _ => ["event_ts"],
    };

    /// <summary>The column that stamps a row of <paramref name="table"/>.</summary>
    public static string TimeOf(string table) => s_tables[table][0];

    private static FrozenDictionary<string, CanonicalKind> Kinds()
    {
        var kinds = new Dictionary<string, CanonicalKind>();
        foreach (var name in s_tables.Values.SelectMany(static columns => columns).Concat(s_common))
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
