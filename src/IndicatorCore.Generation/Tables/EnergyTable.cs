using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>energy</c>: meters of lines.</summary>
internal sealed class EnergyTable(ProvinceModel province, EnergySimulation simulation, Ledger ledger)
    : TableSource(ShapeOf(province), simulation.Candidates)
{
    /// <summary>The energy as it is written, in kWh.</summary>
    public static double? Number(EnergyRow row) => row.State switch
    {
        LevelState.Null => null,
        LevelState.NotANumber => double.NaN,
        _ => row.WattHours / 1000.0,
    };

    public override bool Emit(long index, BatchBuffer batch)
    {
        simulation.Row(index, out var row);
        batch[0].Add(row.Start);
        batch[1].Add(row.End);
        batch[2].Add(row.Line.Index);
        batch[3].Add(row.Line.Index);
        batch[4].Add(Number(row));
        batch.EndRow();
        ledger.Clock.Accept(row.Start, null, row.End);
        ledger.Energy.Add(row);
        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province) => new("energy",
    [
        new("interval_start", ColumnKind.Instant),
        new("interval_end", ColumnKind.Instant),
        new("meter", ColumnKind.Key, [.. province.Lines.Select(static line => $"M-{line.Id}")]),
        new("line", ColumnKind.Key, [.. province.Lines.Select(static line => line.Id)]),
        new("kwh", ColumnKind.Double),
    ]);
}
