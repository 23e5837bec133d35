using System.Numerics;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// A quality of rows that their state tells already: <c>dq_validity</c>, <c>dq_uniqueness</c>, <c>dq_consistency</c> (indicator-definitions 10).
/// Over all tables together, and of each as a part: <c>dq_validity.radio</c>.
/// </summary>
internal sealed class RowQualityDefinition : IndicatorDefinition
{
    private static readonly (string Name, string[] Columns)[] s_all =
    [
        ("connectivity", ["event_ts", "device"]), ("radio", ["event_ts", "rsrp_dbm", "sinr_db"]), ("probe", ["event_ts", "latency_ms"]),
        ("counter", ["event_ts", "object", "bytes"]), ("session", ["start_ts", "end_ts", "device"]), ("production", ["interval_start", "line", "q_good"]),
        ("cost", ["period_start", "line", "amount_cny"]), ("energy", ["interval_start", "kwh|reading_kwh"]), ("downtime", ["start_ts", "end_ts", "line"]),
    ];

    // the tables whose values have a range to be outside of
    private static readonly string[] s_judged = ["radio", "probe", "counter", "energy", "downtime"];

    private readonly Func<Evidence, QualityTotals, (long Numerator, long Denominator)> _ratio;
    private readonly string[] _tables;
    private readonly bool _needsRows;

    private RowQualityDefinition(
        string id, string chinese, string english, string formula, string rule, string[] tables, bool needsRows, Func<Evidence, QualityTotals, (long, long)> ratio)
    {
        (_tables, _needsRows, _ratio) = (tables, needsRows, ratio);
        Description = new()
        {
            Id = id,
            ChineseName = chinese,
            EnglishName = english,
            Formula = formula,
            Unit = "ratio",
            Needs = [.. s_all.Where(table => tables.Contains(table.Name)).Select(static table => new IndicatorNeed { Source = table.Name, Required = table.Columns, IsAlternative = true })],
            State = "none of its own: the evidence of each table's rows by scope and day",
            Weights = "rows; over all tables the sums of theirs",
            PublicationRule = rule,
            Parts = [.. tables.Select(table => $"{id}.{table}")],
            Sources = ["indicator-definitions 10"],
        };
    }

    /// <summary>Values within their range, <c>dq_validity</c>.</summary>
    public static RowQualityDefinition Validity { get; } = new(
        "dq_validity",
        "数据有效率",
        "Validity of data",
        "VALID / (VALID + INVALID) rows; a lost packet is valid, and rows without a value are neither; parts by table",
        "where rows have a value to judge",
        s_judged,
        needsRows: false,
        static (_, totals) => (totals.Valid, totals.Valid + totals.Invalid));

    /// <summary>Rows that came once, <c>dq_uniqueness</c>.</summary>
    public static RowQualityDefinition Uniqueness { get; } = new(
        "dq_uniqueness",
        "数据唯一率",
        "Uniqueness of data",
        "1 − n_dup / n_received; parts by table",
        "under --dedup rows alone, where equal rows are looked for; otherwise nothing is known of them (NO_DATA). Inputs that were replayed count nowhere",
        [.. s_all.Select(static table => table.Name)],
        needsRows: true,
        static (evidence, _) => (evidence.Received - evidence.Duplicates, evidence.Received));

    /// <summary>Keys without contradicting rows, <c>dq_consistency</c>.</summary>
    public static RowQualityDefinition Consistency { get; } = new(
        "dq_consistency",
        "数据一致率",
        "Consistency of data",
        "1 − n_conflict / n_keys; n_keys = n_received − n_dup − n_conflict: distinct record keys; parts by table",
        "under --dedup rows alone, where record keys are compared; otherwise nothing is known of them (NO_DATA)",
        [.. s_all.Select(static table => table.Name)],
        needsRows: true,
        static (evidence, _) => evidence.Received - evidence.Duplicates - evidence.Conflicts is var keys ? (keys - evidence.Conflicts, keys) : default);

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; }

    /// <inheritdoc/>
    public override TableNeeds Needs => QualityGroups.Needs;

    /// <inheritdoc/>
    public override string Table => "telemetry";

    /// <inheritdoc/>
    public override bool PartsAreJudgedAlone => true;

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var isKnown = !_needsRows || report.Query.Dedup == DedupPolicy.Rows;
        var plan = QualityGroups.Plan(report);
        foreach (var level in report.Levels)
        {
            var tables = QualityGroups.Collect(report, level);
            string[] seen = [.. _tables.Where(tables.ContainsKey)];
            foreach (var group in GroupedTotals<QualityTotals>.GroupsOf(seen.Select(table => tables[table])))
            {
                for (var window = 0; window < plan.Windows.Count; window++)
                {
                    var all = new QualityTotals();
                    foreach (var table in seen)
                    {
                        var totals = tables[table].Find(group, window);
                        if (!totals.Rows.Any)
                        {
                            continue;
                        }

                        all.Add(totals);

                        // a part that is kept back could be told from the whole and the others
                        if (isKnown && !report.Discloses(level))
                        {
                            yield return Row(report, level, group, plan.Windows[window], table, totals, isKnown);
                        }
                    }

                    yield return Row(report, level, group, plan.Windows[window], table: null, all, isKnown);
                }
            }
        }
    }

    private IndicatorRow Row(ReportContext report, GroupLevel level, int group, ReportWindow window, string? table, QualityTotals totals, bool isKnown)
    {
        var evidence = totals.ToEvidence();
        var (numerator, denominator) = _ratio(evidence, totals);
        var row = new IndicatorRow
        {
            Indicator = table is null ? Description.Id : $"{Description.Id}.{table}",
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Unit = Description.Unit,
            Flags = window.Flags | (table is null ? report.SkipFlag(Description) : report.SkipFlag(table)) | (totals.Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None),
            Evidence = evidence,
            Value = denominator == 0 ? null : ExactRatio.ToDouble(numerator, (BigInteger)denominator),
            Numerator = numerator,
            Denominator = denominator,
        };
        ResultReason? notAvailable = level.Has("product") ? ResultReason.GroupNotApplicable
            : !isKnown || !totals.Rows.Any ? ResultReason.NoData
            : denominator == 0 ? ResultReason.ZeroDenominator
            : null;
        return Figure.Judge(row, notAvailable, suppressed: null);
    }
}
