using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>session</c>: packet data sessions of the modems, a few a day.</summary>
internal sealed class SessionTable : TableSource
{
    private readonly SessionSimulation _simulation;
    private readonly Ledger _ledger;

    public SessionTable(ProvinceModel province, SessionSimulation simulation, Ledger ledger)
        : base(ShapeOf(province), simulation.Candidates)
    {
        _simulation = simulation;
        _ledger = ledger;
        ledger.Sessions = new SessionLedger(province, simulation);
    }

    public override bool Emit(long index, BatchBuffer batch)
    {
        _simulation.Row(index, out var row);
        batch[0].Add(row.Start);
        batch[1].Add(row.End);
        batch[2].Add(row.Device.Index);
        batch[3].Add($"S{row.Id:D10}");
        batch.EndRow();
        _ledger.Clock.Accept(row.Start, null);
        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province) => new("session",
    [
        new("start_ts", ColumnKind.Instant),
        new("end_ts", ColumnKind.Instant),
        new("device", ColumnKind.Key, [.. province.Devices.Select(static device => device.Id)]),
        new("session", ColumnKind.Text),
    ]);
}
