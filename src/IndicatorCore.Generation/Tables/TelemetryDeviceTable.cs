using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary>The device rows of <c>telemetry</c>: a heartbeat, and for modems a radio sample and a round trip.</summary>
internal sealed class TelemetryDeviceTable : TableSource
{
    private readonly ProvinceModel _province;
    private readonly TelemetryShape _shape;
    private readonly ConnectivitySimulation _heartbeats;
    private readonly RadioSimulation _samples;
    private readonly Ledger _ledger;
    private readonly HashSet<int> _modems;

    public TelemetryDeviceTable(
        ProvinceModel province, TelemetryShape shape, ConnectivitySimulation heartbeats, RadioSimulation samples, Ledger ledger, bool periods)
        : base(shape.Shape, heartbeats.Candidates)
    {
        (_province, _shape, _heartbeats, _samples, _ledger) = (province, shape, heartbeats, samples, ledger);
        _modems = [.. province.RadioDevices.Select(static device => device.Index)];
        ledger.Packets = new PacketLedger(province, PacketsOf, bits: 0);
        if (periods)
        {
            ConnectivityTable.Observe(province, heartbeats, ledger, clocks: false);
        }
    }

    // Two files, so that one of them can be replayed.
    public override int Files => 2;

    public override bool Emit(long index, BatchBuffer batch)
    {
        if (!_heartbeats.TryRow(index, clocks: false, out var row))
        {
            return false;
        }

        var time = row.EventTime!.Value;
        batch[TelemetryShape.EventTime].Add(row.EventTime);
        batch[TelemetryShape.Line].Add((long?)row.Device.LineOn(LocalCalendar.DayOf(time))?.Index);
        batch[TelemetryShape.Device].Add(row.Device.Index);
        batch[TelemetryShape.Online].Add(row.Online);
        batch[TelemetryShape.Link].Add(_shape.Links[row.Link]);
        batch[TelemetryShape.Sequence].Add(row.Sequence);
        _ledger.Clock.Accept(time, null);
        _ledger.Networking.Add(row.Device, time, row.Online, row.Link);
        if (_modems.Contains(row.Device.Index))
        {
            AddSample(row, time, batch);
        }

        batch.EndRow();
        return true;
    }

    // a row without a round trip is no packet, so that its number is missing
    private IEnumerable<Packet> PacketsOf(DeviceModel device)
    {
        foreach (var row in _modems.Contains(device.Index) ? _heartbeats.Of(device, clocks: false) : [])
        {
            var draw = Draw.For(_province.Seed, Purpose.Radio, device.Index, row.Sequence);
            _samples.Sample(device, row.Sequence, row.EventTime!.Value, ref draw, out var sample);
            if (sample.Cell is not (null or ""))
            {
                yield return new Packet(row.EventTime.Value, row.Sequence, IsReceived: true);
            }
        }
    }

    private void AddSample(ConnectivityRow row, long time, BatchBuffer batch)
    {
        var draw = Draw.For(_province.Seed, Purpose.Radio, row.Device.Index, row.Sequence);
        _samples.Sample(row.Device, row.Sequence, time, ref draw, out var sample);
        if (sample.Cell is null or "")
        {
            // Without a cell column an outage can only be told by saying nothing.
            return;
        }

        batch[TelemetryShape.Rsrp].Add(RadioTable.Number(sample.Rsrp));
        batch[TelemetryShape.Sinr].Add(RadioTable.Number(sample.Sinr));
        batch[TelemetryShape.East].Add(sample.EastCentimetres / 100.0);
        batch[TelemetryShape.North].Add(sample.NorthCentimetres / 100.0);
        batch[TelemetryShape.Floor].Add((long?)sample.Floor);
        double? latency = (60 + draw.Between(0, 160)) / 10.0;
        batch[TelemetryShape.Latency].Add(latency);
        _ledger.Latency.Add(row.Device, time, latency);
        _ledger.Coverage.Add(sample, hasCellColumn: false);
        _ledger.RadioValues.Add(sample, hasCellColumn: false);
    }
}
