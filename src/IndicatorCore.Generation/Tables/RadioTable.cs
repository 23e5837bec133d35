using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>radio</c>: samples of the modems.</summary>
internal sealed class RadioTable : TableSource
{
    private readonly RadioSimulation _simulation;
    private readonly Ledger _ledger;
    private readonly KeySet _cells;
    private readonly KeySet _rats;
    private readonly int _endDay;

    public RadioTable(ProvinceModel province, RadioSimulation simulation, Ledger ledger)
        : this(province, simulation, ledger, Cells(province), new KeySet(["NR", "nr-sa", "5G", "LTE", "lte"]))
    {
    }

    private RadioTable(ProvinceModel province, RadioSimulation simulation, Ledger ledger, KeySet cells, KeySet rats)
        : base(ShapeOf(province, cells, rats), simulation.Candidates)
    {
        _simulation = simulation;
        _ledger = ledger;
        _cells = cells;
        _rats = rats;
        _endDay = province.EndDay;
    }

    /// <summary>Tenths as the double nearest to the decimal.</summary>
    public static double? Number(Level level) => level.State switch
    {
        LevelState.Null => null,
        LevelState.NotANumber => double.NaN,
        _ => level.Tenths / 10.0,
    };

    public override bool Emit(long index, BatchBuffer batch)
    {
        _simulation.Row(index, clocks: true, out var row);
        batch[0].Add(row.EventTime);
        batch[1].Add(row.Device.Index);
        batch[2].Add(_cells[row.Cell]);
        batch[3].Add(_rats[row.Rat]);
        batch[4].Add(Number(row.Rsrp));
        batch[5].Add(Number(row.Sinr));
        batch[6].Add(row.EastCentimetres / 100.0);
        batch[7].Add(row.NorthCentimetres / 100.0);
        batch[8].Add((long?)row.Floor);
        batch[9].Add((long?)row.Sequence);
        batch[10].Add((long?)row.IngestTime);
        batch.EndRow();
        if (_ledger.Clock.Accept(row.EventTime, row.IngestTime))
        {
            _ledger.Coverage.Add(row, hasCellColumn: true);
        }
        else
        {
            _ledger.Coverage.Quarantine(row, _endDay);
        }

        return true;
    }

    private static KeySet Cells(ProvinceModel province) => new(
    [
        string.Empty,
        .. province.Factories.SelectMany(static factory => Enumerable.Range(1, 3).Select(cell => $"NR-{factory.Id}-{cell}")),
        .. province.Factories.Select(static factory => $"LTE-{factory.Id}"),
    ]);

    private static TableShape ShapeOf(ProvinceModel province, KeySet cells, KeySet rats) => new("radio",
    [
        new("event_ts", ColumnKind.Instant),
        new("device", ColumnKind.Key, [.. province.Devices.Select(static device => device.Id)]),
        new("cell", ColumnKind.Key, cells.Values),
        new("rat", ColumnKind.Key, rats.Values),
        new("rsrp_dbm", ColumnKind.Single),
        new("sinr_db", ColumnKind.Single),
        new("x_m", ColumnKind.Double),
        new("y_m", ColumnKind.Double),
        new("floor", ColumnKind.Integer),
        new("seq", ColumnKind.Integer),
        new("ingest_ts", ColumnKind.Instant),
    ]);
}
