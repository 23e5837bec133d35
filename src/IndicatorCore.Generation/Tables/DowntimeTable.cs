using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>downtime</c>: stops of lines.</summary>
internal sealed class DowntimeTable : TableSource
{
    private readonly DowntimeSimulation _simulation;
    private readonly Ledger _ledger;
    private readonly KeySet _kinds = new(DowntimeSimulation.Kinds);

    public DowntimeTable(ProvinceModel province, DowntimeSimulation simulation, Ledger ledger)
        : base(ShapeOf(province), simulation.Candidates)
    {
        _simulation = simulation;
        _ledger = ledger;
        ledger.Stops = new StopLedger(province, simulation);
    }

    public override bool Emit(long index, BatchBuffer batch)
    {
        if (!_simulation.TryRow(index, out var row))
        {
            return false;
        }

        batch[0].Add(row.Start);
        batch[1].Add(row.End);
        batch[2].Add(row.Line.Index);
        batch[3].Add(_kinds[row.Kind]);
        batch.EndRow();
        _ledger.Clock.Accept(row.Start, null);
        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province) => new("downtime",
    [
        new("start_ts", ColumnKind.Instant),
        new("end_ts", ColumnKind.Instant),
        new("line", ColumnKind.Key, [.. province.Lines.Select(static line => line.Id)]),
        new("kind", ColumnKind.Key, [.. DowntimeSimulation.Kinds]),
    ]);
}
