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
    private readonly Dictionary<int, int> _slots;
    private readonly int _endDay;

    public RadioTable(ProvinceModel province, RadioSimulation simulation, Ledger ledger, bool periods)
        : this(province, simulation, ledger, periods, Cells(province), new KeySet(["NR", "nr-sa", "5G", "LTE", "lte"]))
    {
    }

    private RadioTable(ProvinceModel province, RadioSimulation simulation, Ledger ledger, bool periods, KeySet cells, KeySet rats)
        : base(ShapeOf(province, cells, rats, periods ? $$"""{"nominal_period":"{{simulation.Period / 1_000}}s"}""" : null), simulation.Candidates)
    {
        _simulation = simulation;
        _ledger = ledger;
        _slots = province.RadioDevices.Select(static (device, slot) => (device.Index, slot)).ToDictionary(static pair => pair.Index, static pair => pair.slot);
        _cells = cells;
        _rats = rats;
        _endDay = province.EndDay;
        if (periods)
        {
            ledger.CoveredTime = new DeviceTimeLedger(
                province,
                device => _slots.TryGetValue(device.Index, out var slot) ? Covered(simulation, slot) : [],
                countsSilent: false);
        }
    }

    /// <summary>Tenths as the double nearest to the decimal.</summary>
    public static double? Number(Level level) => level.State switch
    {
        LevelState.Null => null,
        LevelState.NotANumber => double.NaN,
        _ => level.Tenths / 10.0,
    };

    // "sample holds until the next one, at most 2 sampling periods" (3.3): usable samples, those of no cover as spans of no length
    private static IEnumerable<(long Start, long End)> Covered(RadioSimulation simulation, int slot)
    {
        var samples = simulation.Of(slot).Where(static row => EventClock.IsAccepted(row.EventTime, row.IngestTime))
            .Select(static row => (Time: row.EventTime!.Value, Row: row, Class: CoverageLedger.Classify(row, hasCellColumn: true)))
            .Where(static sample => sample.Class is SampleClass.Valid or SampleClass.Unserved)
            .OrderBy(static sample => sample.Time).ToList();
        for (var i = 0; i < samples.Count; i++)
        {
            var (time, row, of) = samples[i];
            var next = i + 1 < samples.Count ? samples[i + 1].Time : long.MaxValue;
            yield return (time, CoverageLedger.IsCovered(row, of) ? Math.Min(next, time + (2 * simulation.Period)) : time);
        }
    }

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
            _ledger.RadioValues.Add(row, hasCellColumn: true);
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

    private static TableShape ShapeOf(ProvinceModel province, KeySet cells, KeySet rats, string? source) => new("radio",
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
    ],
    source);
}
