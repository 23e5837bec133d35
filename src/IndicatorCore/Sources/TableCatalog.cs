using System.Collections.Frozen;

namespace IndicatorCore.Sources;

/// <summary>The tables of interface 1 with their columns.</summary>
public static class TableCatalog
{
    /// <summary>The wide table whose rows may feed every other one.</summary>
    public const string Telemetry = "telemetry";

    private static readonly string[] s_common = ["revision", "ingest_seq", "ingest_ts", "factory", "workshop", "line"];

    /// <summary>All tables, in the order of the contract.</summary>
    public static IReadOnlyList<TableDefinition> All { get; } =
    [
        Table("connectivity", ["event_ts", "device"], ["online", "link", "seq"], ["device"]),
        Table(
            "radio",
            ["event_ts", "rsrp_dbm", "sinr_db"],
            ["device", "cell", "rat", "x_m", "y_m", "floor", "grid", "seq"],
            ["rsrp_dbm", "sinr_db"]),
        Table(
            "probe",
            ["event_ts", "latency_ms"],
            ["flow", "device", "seq", "deadline_ms", "lost", "one_way"],
            ["latency_ms"]),
        Table(
            "counter",
            ["event_ts", "object", "bytes"],
            ["counter", "direction", "counter_bits", "link_capacity_bps"],
            ["bytes"]),
        Table("session", ["start_ts", "end_ts", "device"], ["session"], ["end_ts"]),
        Table(
            "production",
            ["interval_start", "line", "q_good"],
            [
                "interval_end", "order", "product", "unit", "q_total", "q_started", "q_first_pass", "labour_h", "labour_s", "machine_h",
                "machine_s", "planned_busy_h", "planned_busy_s", "actual_h", "actual_s", "ideal_h_per_unit", "ideal_s_per_unit",
            ],
            ["q_good"]),
        Table(
            "cost",
            ["period_start", "line", "amount_cny"],
            ["period_end", "ledger_line", "product", "element", "is_project_cost", "q_good"],
            ["amount_cny"]),
        Table(
            "energy",
            ["interval_start", "kwh|reading_kwh"],
            ["interval_end", "meter", "product", "unit", "q_good"],
            ["kwh"]),
        Table("downtime", ["start_ts", "end_ts", "line"], ["kind"], ["end_ts"]),
        Table(Telemetry, ["event_ts"], [], []),
    ];

    private static readonly FrozenDictionary<string, TableDefinition> s_byName = All.ToFrozenDictionary(static table => table.Name);

    /// <summary>The table called <paramref name="name"/>, or null.</summary>
    public static TableDefinition? Find(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>The place in <see cref="All"/> of the table called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is no such table.</exception>
    internal static int IndexOf(string name)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"No table '{name}'.", nameof(name));
    }

    private static TableDefinition Table(string name, string[] required, string[] optional, string[] measures) => new()
    {
        Name = name,
        TimeColumn = required[0],
        Required = required,
        Optional = [.. optional, .. s_common.Where(column => !required.Contains(column))],
        Measures = measures,
    };
}
