using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The sums of a ratio of a group in a window.</summary>
internal sealed class RatioTotals
{
    private readonly SortedSet<string> _units = new(StringComparer.Ordinal);

    /// <summary>Arrival counts.</summary>
    public EvidenceTotals Rows { get; } = new();

    /// <summary>Rows with both measures valid.</summary>
    public long Valid { get; private set; }

    /// <summary>Rows with a missing one.</summary>
    public long Missing { get; private set; }

    /// <summary>Rows with none missing and an invalid one.</summary>
    public long Invalid { get; private set; }

    /// <summary>Rows with the numerator alone.</summary>
    public long LoneRows { get; private set; }

    /// <summary>Sum of numerators at 10⁻⁶, of rows with both.</summary>
    public BigInteger Numerator { get; private set; }

    /// <summary>Sum of denominators at 10⁻⁶.</summary>
    public BigInteger Denominator { get; private set; }

    /// <summary>Sum of numerators at 10⁻⁶, of rows without a denominator.</summary>
    public BigInteger LoneNumerator { get; private set; }

    /// <summary>Whether the units of what counts agree; rows without a unit agree with any (indicator-definitions 4, Details).</summary>
    public bool HasCommonUnit => _units.Count <= 1;

    /// <summary>The common unit, or null.</summary>
    public string? Unit => _units.Count == 1 ? _units.Min : null;

    /// <summary>The windows over the data of a kind.</summary>
    /// <param name="report">The report.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="others">Panes with other data of the indicator.</param>
    public static WindowPlan Plan(ReportContext report, RatioKind kind, params IEnumerable<int> others)
    {
        var panes = new HashSet<int>(others);
        foreach (var key in report.State.Support.Ratios[(int)kind].Keys.Enumerate())
        {
            panes.Add(key.Pane);
        }

        return report.Plan(panes, report.Panes);
    }

    /// <summary>The totals of a level's groups.</summary>
    public static GroupedTotals<RatioTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan, RatioKind kind, string table)
    {
        var totals = new GroupedTotals<RatioTotals>();
        var keys = report.State.Support.Ratios[(int)kind].Keys;
        var cells = report.State.Support.Ratios[(int)kind].Cells;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var window = plan.Of(keys[slot].Pane);
            if (window < 0)
            {
                continue;
            }

            var unit = keys[slot].Unit < 0 ? null : report.Engine.Keys.Units.Name(keys[slot].Unit);
            foreach (var group in level.GroupsOf(keys[slot].Leaf, report.Panes.DayOf(keys[slot].Pane)))
            {
                totals[group, window].Add(cells[slot], unit);
            }
        }

        report.AddQuarantined(
            table, level, plan, (place, _) => (place.Leaf, report.Panes.DayOf(place.Pane)), (group, window) => totals[group, window].Rows);
        return totals;
    }

    /// <summary>Adds a slot of readings: rows without a denominator.</summary>
    public void Add(TimedValueCell readings)
    {
        Rows.Add(readings.Rows);
        LoneRows += readings.Valid;
        Missing += readings.Valid + readings.Missing;
        Invalid += readings.Invalid;
    }

    /// <summary>Adds what was folded from readings.</summary>
    public void Add(Int128 energy) => LoneNumerator += energy;

    private void Add(RatioSums sums, string? unit)
    {
        Rows.Add(sums.Rows);
        Valid += sums.Valid;
        Missing += sums.Missing;
        Invalid += sums.Invalid;
        LoneRows += sums.LoneRows;
        Numerator += (Int128)sums.Numerator;
        Denominator += (Int128)sums.Denominator;
        LoneNumerator += (Int128)sums.LoneNumerator;
        if (unit is not null && sums.Valid > 0)
        {
            _units.Add(unit);
        }
    }
}
