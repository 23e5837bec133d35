using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Phases;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// Energy by units of output as the index form of indicator-definitions 5, energy in the place of cost: what groups over several units roll up by.
/// Strata are (line, unit of output).
/// </summary>
/// <remarks>
/// Where energy rows carry their output, those with output make up a stratum and the energy of others is unmatched. Else the output is that of
/// production rows, and a line's energy belongs to its one unit; the energy of a line with several units cannot be told apart and is unmatched.
/// </remarks>
internal static class EnergyIndex
{
    private const RatioKind Own = RatioKind.EnergyIntensity;

    /// <summary>The ids of its rows.</summary>
    public static IReadOnlyList<string> Rows { get; } = ["energy_intensity.fisher", "energy_intensity.paasche", "energy_intensity.laspeyres"];

    /// <summary>The figure over a report's state.</summary>
    /// <param name="report">The report.</param>
    /// <param name="definition">The definition that it is part of.</param>
    /// <param name="hasOwn">Whether energy rows carry their output.</param>
    /// <param name="unavailable">Why no figure can be computed at a level, or null.</param>
    public static PhaseQuestion<AmountCell> Of(ReportContext report, IndicatorDefinition definition, bool hasOwn, Func<GroupLevel, ResultReason?> unavailable)
    {
        var units = Units(report, hasOwn ? Own : RatioKind.Output);
        var cells = new List<(Leaf Leaf, AmountCell Cell)>();
        AddEnergy(report, hasOwn, units, cells);
        AddReadings(report, hasOwn, units, cells);
        if (!hasOwn)
        {
            AddOutput(report, units, cells);
        }

        return new PhaseQuestion<AmountCell>
        {
            Definition = definition.Description.Definition,
            Table = definition.Table,
            Cells = cells,
            Panes = static report => report.State.Support.Ratios[(int)Own].Keys.Enumerate().Select(static key => key.Pane).Concat(MeterEnergy.Panes(report)).Distinct(),
            Answers = static cell => cell.Rows > 0,
            Figures = static (request, lines) => AmountIndex.Compute(request, lines, IndexForm.EnergyIntensity),
            Unavailable = unavailable,
        };
    }

    // by line: its unit, null where rows have none, or that it has several
    private static Dictionary<int, (string? Unit, bool IsSeveral)> Units(ReportContext report, RatioKind kind)
    {
        var units = new Dictionary<int, (string? Unit, bool IsSeveral)>();
        var (keys, cells) = (report.State.Support.Ratios[(int)kind].Keys, report.State.Support.Ratios[(int)kind].Cells);
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var line = keys[slot].Leaf.Line;
            var unit = keys[slot].Unit < 0 || cells[slot].Valid == 0 ? null : report.Engine.Keys.Units.Name(keys[slot].Unit);
            var known = units.GetValueOrDefault(line);
            units[line] = (known.Unit ?? unit, known.IsSeveral || (known.Unit is not null && unit is not null && unit != known.Unit));
        }

        return units;
    }

    private static void AddEnergy(ReportContext report, bool hasOwn, Dictionary<int, (string? Unit, bool IsSeveral)> units, List<(Leaf Leaf, AmountCell Cell)> cells)
    {
        var store = report.State.Support.Ratios[(int)Own];
        for (var slot = 0; slot < store.Keys.Count; slot++)
        {
            var (key, sums) = (store.Keys[slot], store.Cells[slot]);
            var (line, unit, isSeveral) = Stratum(report, key.Leaf, key.Unit, units);
            var lone = (Int128)sums.LoneNumerator;
            var isOneUnit = !hasOwn && !isSeveral;
            cells.Add((key.Leaf, new AmountCell
            {
                Line = line,
                StratumLine = line,
                Product = unit,
                Day = report.Panes.DayOf(key.Pane),
                Rows = sums.Valid + sums.Missing + sums.Invalid,
                ValidRows = hasOwn ? sums.Valid : isOneUnit ? sums.LoneRows : 0,
                Output = hasOwn ? (Int128)sums.Denominator : 0,
                Produced = hasOwn ? (Int128)sums.Denominator : 0,
                Input = hasOwn ? (Int128)sums.Numerator : isOneUnit ? lone : 0,
                InputWithoutOutput = isOneUnit ? 0 : lone,
                Duplicates = sums.Rows.Duplicates,
                Conflicts = sums.Rows.Conflicts,
                FirstTimestamp = sums.Rows.First ?? long.MaxValue,
                LastTimestamp = sums.Rows.Last ?? long.MinValue,
            }));
        }
    }

    private static void AddReadings(ReportContext report, bool hasOwn, Dictionary<int, (string? Unit, bool IsSeveral)> units, List<(Leaf Leaf, AmountCell Cell)> cells)
    {
        var readings = report.State.Support.Readings.Cells;
        for (var slot = 0; slot < readings.Count; slot++)
        {
            var (key, cell) = (readings.Keys[slot], readings.Cells[slot]);
            var (line, unit, _) = Stratum(report, key.Leaf, unit: -1, units);
            cells.Add((key.Leaf, new AmountCell
            {
                Line = line,
                StratumLine = line,
                Product = unit,
                Day = report.Panes.DayOf(key.Pane),
                Rows = cell.Valid + cell.Missing + cell.Invalid,
                ValidRows = hasOwn ? 0 : cell.Valid,
                Duplicates = cell.Rows.Duplicates,
                Conflicts = cell.Rows.Conflicts,
                FirstTimestamp = cell.Rows.First ?? long.MaxValue,
                LastTimestamp = cell.Rows.Last ?? long.MinValue,
            }));
        }

        foreach (var (place, (energy, _, _)) in MeterEnergy.Of(report).All)
        {
            var (line, unit, isSeveral) = Stratum(report, place.Leaf, unit: -1, units);
            var isOneUnit = !hasOwn && !isSeveral;
            cells.Add((place.Leaf, new AmountCell
            {
                Line = line,
                StratumLine = line,
                Product = unit,
                Day = report.Panes.DayOf(place.Pane),
                Input = isOneUnit ? energy : 0,
                InputWithoutOutput = isOneUnit ? 0 : energy,
            }));
        }
    }

    private static void AddOutput(ReportContext report, Dictionary<int, (string? Unit, bool IsSeveral)> units, List<(Leaf Leaf, AmountCell Cell)> cells)
    {
        var store = report.State.Support.Ratios[(int)RatioKind.Output];
        for (var slot = 0; slot < store.Keys.Count; slot++)
        {
            var key = store.Keys[slot];
            var (line, unit, _) = Stratum(report, key.Leaf, key.Unit, units);
            cells.Add((key.Leaf, new AmountCell
            {
                Line = line,
                StratumLine = line,
                Product = unit,
                Day = report.Panes.DayOf(key.Pane),
                Output = (Int128)store.Cells[slot].Denominator,
                Produced = (Int128)store.Cells[slot].Denominator,
            }));
        }
    }

    // rows without a unit agree with the one of their line (indicator-definitions 4, Details)
    private static (string? Line, string? Unit, bool IsSeveral) Stratum(
        ReportContext report, in Leaf leaf, int unit, Dictionary<int, (string? Unit, bool IsSeveral)> units)
    {
        var (only, isSeveral) = units.GetValueOrDefault(leaf.Line);
        var keys = report.Engine.Keys;
        return (leaf.Line < 0 ? null : keys.Lines.Name(leaf.Line), !isSeveral ? only : unit < 0 ? null : keys.Units.Name(unit), isSeveral);
    }
}
