using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>counter</c>: byte counters of the base stations.</summary>
internal sealed class CounterTable : TableSource
{
    private readonly CounterSimulation _simulation;
    private readonly Ledger _ledger;

    public CounterTable(ProvinceModel province, CounterSimulation simulation, Ledger ledger)
        : base(ShapeOf(province), simulation.Candidates)
    {
        _simulation = simulation;
        _ledger = ledger;
        ledger.Counters = new CounterLedger(province, simulation);
    }

    public override bool Emit(long index, BatchBuffer batch)
    {
        if (!_simulation.TryRow(index, out var row))
        {
            return false;
        }

        batch[0].Add(row.Time);
        batch[1].Add(row.Factory);
        batch[2].Add(0L);
        batch[3].Add((long?)row.Direction);
        batch[4].Add(row.Bytes);
        batch[5].Add(row.Bits);
        batch[6].Add(row.Capacity);
        batch[7].Add((long?)row.Factory);
        batch.EndRow();
        _ledger.Clock.Accept(row.Time, null);
        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province) => new("counter",
    [
        new("event_ts", ColumnKind.Instant),
        new("object", ColumnKind.Key, [.. province.Factories.Select(static factory => $"gNB-{factory.Id}")]),
        new("counter", ColumnKind.Key, ["bytes"]),
        new("direction", ColumnKind.Key, ["dl", "ul"]),
        new("bytes", ColumnKind.Integer),
        new("counter_bits", ColumnKind.Integer),
        new("link_capacity_bps", ColumnKind.Integer),
        new("factory", ColumnKind.Key, [.. province.Factories.Select(static factory => factory.Id)]),
    ]);
}
