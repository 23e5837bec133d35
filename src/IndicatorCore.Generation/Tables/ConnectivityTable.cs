using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>connectivity</c>: heartbeats.</summary>
internal sealed class ConnectivityTable : TableSource
{
    private readonly ConnectivitySimulation _simulation;
    private readonly Ledger _ledger;
    private readonly KeySet _links = new(Links);

    public ConnectivityTable(ProvinceModel province, ConnectivitySimulation simulation, Ledger ledger, bool periods)
        : base(ShapeOf(province, periods ? Source(simulation) : null), simulation.Candidates)
    {
        _simulation = simulation;
        _ledger = ledger;
        if (periods)
        {
            Observe(province, simulation, ledger, clocks: true);
        }
    }

    public static IEnumerable<string> Links => ["nr", "lte", "wired", "wifi", "5G"];

    // Two files, so that one of them can be replayed.
    public override int Files => 2;

    public override bool Emit(long index, BatchBuffer batch)
    {
        if (!_simulation.TryRow(index, clocks: true, out var row))
        {
            return false;
        }

        batch[0].Add(row.EventTime);
        batch[1].Add(row.Device.Index);
        batch[2].Add(row.Online);
        batch[3].Add(_links[row.Link]);
        batch[4].Add(row.Sequence);
        batch[5].Add(row.IngestTime);
        batch.EndRow();
        if (_ledger.Clock.Accept(row.EventTime, row.IngestTime))
        {
            _ledger.Networking.Add(row.Device, row.EventTime!.Value, row.Online, row.Link);
        }

        return true;
    }

    /// <summary>The source profile that says how long a heartbeat holds.</summary>
    public static string Source(ConnectivitySimulation simulation) => $$"""{"heartbeat_timeout":"{{simulation.Timeout / 1_000}}s"}""";

    /// <summary>Has the ledger know how long heartbeats hold.</summary>
    public static void Observe(ProvinceModel province, ConnectivitySimulation simulation, Ledger ledger, bool clocks)
    {
        ledger.Networking.HeartbeatTimeout = simulation.Timeout;
        ledger.Availability = new DeviceTimeLedger(
            province,
            device => simulation.Of(device, clocks)
                .Where(static row => row.Online == true && EventClock.IsAccepted(row.EventTime, row.IngestTime))
                .Select(row => (row.EventTime!.Value, row.EventTime.Value + simulation.Timeout))
                .Order(),
            countsSilent: true);
    }

    private static TableShape ShapeOf(ProvinceModel province, string? source) => new("connectivity",
    [
        new("event_ts", ColumnKind.Instant),
        new("device", ColumnKind.Key, [.. province.Devices.Select(static device => device.Id)]),
        new("online", ColumnKind.Flag),
        new("link", ColumnKind.Key, [.. Links]),
        new("seq", ColumnKind.Integer),
        new("ingest_ts", ColumnKind.Instant),
    ],
    source);
}
