using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>connectivity</c>: heartbeats.</summary>
internal sealed class ConnectivityTable(ProvinceModel province, ConnectivitySimulation simulation, Ledger ledger)
    : TableSource(ShapeOf(province), simulation.Candidates)
{
    private readonly KeySet _links = new(Links);

    public static IEnumerable<string> Links => ["nr", "lte", "wired", "wifi"];

    // Two files, so that one of them can be replayed.
    public override int Files => 2;

    public override bool Emit(long index, BatchBuffer batch)
    {
        if (!simulation.TryRow(index, clocks: true, out var row))
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
        if (ledger.Clock.Accept(row.EventTime, row.IngestTime))
        {
            ledger.Networking.Add(row.Device, row.EventTime!.Value, row.Online);
        }

        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province) => new("connectivity",
    [
        new("event_ts", ColumnKind.Instant),
        new("device", ColumnKind.Key, [.. province.Devices.Select(static device => device.Id)]),
        new("online", ColumnKind.Flag),
        new("link", ColumnKind.Key, [.. Links]),
        new("seq", ColumnKind.Integer),
        new("ingest_ts", ColumnKind.Instant),
    ]);
}
