using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>energy</c> of cumulative meters: readings instead of energy.</summary>
internal sealed class ReadingTable : TableSource
{
    private readonly ReadingSimulation _simulation;
    private readonly Ledger _ledger;

    public ReadingTable(ProvinceModel province, ReadingSimulation simulation, Ledger ledger)
        : base(ShapeOf(province), simulation.Candidates)
    {
        _simulation = simulation;
        _ledger = ledger;
        ledger.Readings = new ReadingLedger(province, simulation);
    }

    public override bool Emit(long index, BatchBuffer batch)
    {
        _simulation.Row(index, out var row);
        batch[0].Add(row.Time);
        batch[1].Add(row.Line.Index);
        batch[2].Add(row.Line.Index);
        batch[3].Add(row.State switch { LevelState.Null => null, LevelState.NotANumber => double.NaN, _ => (double?)(row.WattHours / 1000.0) });
        batch.EndRow();
        _ledger.Clock.Accept(row.Time, null);
        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province) => new("energy",
    [
        new("interval_start", ColumnKind.Instant),
        new("meter", ColumnKind.Key, [.. province.Lines.Select(static line => $"C-{line.Id}")]),
        new("line", ColumnKind.Key, [.. province.Lines.Select(static line => line.Id)]),
        new("reading_kwh", ColumnKind.Double),
    ]);
}
