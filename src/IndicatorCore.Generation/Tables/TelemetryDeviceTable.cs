using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary>The device rows of <c>telemetry</c>: a heartbeat, and for modems a radio sample and a round trip.</summary>
internal sealed class TelemetryDeviceTable(
    ProvinceModel province, TelemetryShape shape, ConnectivitySimulation heartbeats, RadioSimulation samples, Ledger ledger)
    : TableSource(shape.Shape, heartbeats.Candidates)
{
    private readonly HashSet<int> _modems = [.. province.RadioDevices.Select(static device => device.Index)];

    // Two files, so that one of them can be replayed.
    public override int Files => 2;

    public override bool Emit(long index, BatchBuffer batch)
    {
        if (!heartbeats.TryRow(index, clocks: false, out var row))
        {
            return false;
        }

        var time = row.EventTime!.Value;
        batch[TelemetryShape.EventTime].Add(row.EventTime);
        batch[TelemetryShape.Line].Add((long?)row.Device.LineOn(LocalCalendar.DayOf(time))?.Index);
        batch[TelemetryShape.Device].Add(row.Device.Index);
        batch[TelemetryShape.Online].Add(row.Online);
        batch[TelemetryShape.Link].Add(shape.Links[row.Link]);
        batch[TelemetryShape.Sequence].Add(row.Sequence);
        ledger.Clock.Accept(time, null);
        ledger.Networking.Add(row.Device, time, row.Online);
        if (_modems.Contains(row.Device.Index))
        {
            AddSample(row, time, batch);
        }

        batch.EndRow();
        return true;
    }

    private void AddSample(ConnectivityRow row, long time, BatchBuffer batch)
    {
        var draw = Draw.For(province.Seed, Purpose.Radio, row.Device.Index, row.Sequence);
        samples.Sample(row.Device, row.Sequence, time, ref draw, out var sample);
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
        ledger.Latency.Add(row.Device, time, latency);
        ledger.Coverage.Add(sample, hasCellColumn: false);
    }
}
