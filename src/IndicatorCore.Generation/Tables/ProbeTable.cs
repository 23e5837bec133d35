using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>probe</c>: round trips. Skewed clocks live here, where a clock matters to a delay.</summary>
internal sealed class ProbeTable : TableSource
{
    private readonly ProbeSimulation _simulation;
    private readonly Ledger _ledger;
    private readonly Dictionary<int, int> _slots;

    public ProbeTable(ProvinceModel province, ProbeSimulation simulation, Ledger ledger)
        : base(ShapeOf(province), simulation.Candidates)
    {
        _simulation = simulation;
        _ledger = ledger;
        _slots = province.RadioDevices.Select(static (device, slot) => (device.Index, slot)).ToDictionary(static pair => pair.Index, static pair => pair.slot);
        ledger.Packets = new PacketLedger(
            province,
            device => _slots.TryGetValue(device.Index, out var slot)
                ? simulation.Of(slot).Select(static row => new Packet(row.Stamp, row.Number, !row.IsLost))
                : [],
            ProbeSimulation.NumberBits);
    }

    public override bool Emit(long index, BatchBuffer batch)
    {
        if (!_simulation.TryRow(index, out var row))
        {
            return false;
        }

        batch[0].Add(row.Stamp);
        batch[1].Add(_slots[row.Device.Index]);
        batch[2].Add(row.Device.Index);
        batch[3].Add(row.Number);
        if (row.Latency is not null)
        {
            batch[4].Add(row.Latency);
        }

        batch[5].Add((double?)ProbeSimulation.Deadline);
        batch[6].Add((bool?)row.IsLost);
        batch[7].Add((bool?)false);
        batch[8].Add(row.ReceivedTime);
        batch.EndRow();
        if (_ledger.Clock.Accept(row.Stamp, row.ReceivedTime))
        {
            _ledger.Latency.Add(row.Device, row.Stamp, row.Latency);
        }

        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province) => new("probe",
    [
        new("event_ts", ColumnKind.Instant),
        new("flow", ColumnKind.Key, [.. province.RadioDevices.Select(static device => $"{device.Id}-ping")]),
        new("device", ColumnKind.Key, [.. province.Devices.Select(static device => device.Id)]),
        new("seq", ColumnKind.Short),
        new("latency_ms", ColumnKind.Single),
        new("deadline_ms", ColumnKind.Single),
        new("lost", ColumnKind.Flag),
        new("one_way", ColumnKind.Flag),
        new("ingest_ts", ColumnKind.Instant),
    ]);
}
