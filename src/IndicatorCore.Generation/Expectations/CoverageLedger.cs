using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Radio samples by line, and by cell of each factory's site plan.</summary>
internal sealed class CoverageLedger
{
    private const int RsrpThresholdTenths = -1_050;
    private const int SinrThresholdTenths = -30;
    private const int CellCentimetres = 1_000;
    private readonly CoverageCount[] _lines;
    private readonly CoverageCount[][] _cells;
    private readonly HashSet<(int Factory, int Floor, int Column, int Row)> _outsidePlan = [];

    public CoverageLedger(ProvinceModel province)
    {
        _lines = [.. province.Lines.Select(static _ => new CoverageCount())];
        _cells = [.. province.Factories.Select(static factory =>
            Enumerable.Range(0, factory.TargetCells).Select(static _ => new CoverageCount()).ToArray())];
    }

    /// <summary>Cells with samples outside the site plan: ignored by cov_grid, counted in the manifest (10.2).</summary>
    public long OutsidePlan => _outsidePlan.Count;

    public void Add(RadioRow row, bool hasCellColumn)
    {
        var day = LocalCalendar.DayOf(row.EventTime!.Value);
        var sample = Classify(row, hasCellColumn);

        var covered = IsCovered(row, sample);
        var line = row.Device.LineOn(day)
            ?? throw new InvalidOperationException($"The modem {row.Device.Id} reports a sample while it is on no line.");
        _lines[line.Index].Add(sample, covered, row.Device.Index, day);
        if (row.EastCentimetres is not { } east || row.NorthCentimetres is not { } north)
        {
            return;
        }

        // Index floor(x/g), the mathematical floor (3.1, W5).
        var factory = row.Device.Factory;
        var column = FloorDivide(east, CellCentimetres) - factory.Origin;
        var line0 = FloorDivide(north, CellCentimetres) - factory.Origin;
        if (column < 0 || column >= factory.Columns || line0 < 0 || line0 >= factory.Rows || row.Floor >= factory.Floors)
        {
            _outsidePlan.Add((factory.Index, row.Floor, column, line0));
            return;
        }

        _cells[factory.Index][(((row.Floor * factory.Rows) + line0) * factory.Columns) + column]
            .Add(sample, covered, row.Device.Index, day);
    }

    /// <summary>Whether a sample of a class is covered; thresholds are inclusive (3.1).</summary>
    public static bool IsCovered(RadioRow row, SampleClass sample) =>
        sample == SampleClass.Valid && row.Rsrp.Tenths >= RsrpThresholdTenths && row.Sinr.Tenths >= SinrThresholdTenths;

    /// <summary>Counts a sample that is quarantined: evidence has it where group and window are known (interface 3).</summary>
    public void Quarantine(RadioRow row, int endDay)
    {
        if (row.EventTime is { } time && LocalCalendar.DayOf(time) is var day && day < endDay && row.Device.LineOn(day) is { } line)
        {
            _lines[line.Index].Quarantine();
        }
    }

    public CoverageCount Of(IEnumerable<LineModel> lines)
    {
        var sum = new CoverageCount();
        foreach (var line in lines)
        {
            sum.Add(_lines[line.Index]);
        }

        return sum;
    }

    public IReadOnlyList<CoverageCount> Cells(FactoryModel factory) => _cells[factory.Index];

    /// <summary>The class of a sample.</summary>
    public static SampleClass Classify(RadioRow row, bool hasCellColumn)
    {
        // "Precedence: UNSERVED, then MISSING, then INVALID, then VALID" (1.4). Null or empty in a present cell column means no serving
        // cell; rat null with a cell is NR; NR = nr, 5g, nr-sa, nr-nsa, whatever the case.
        if (hasCellColumn && (string.IsNullOrEmpty(row.Cell)
            || !(row.Rat?.ToUpperInvariant() is null or "NR" or "5G" or "NR-SA" or "NR-NSA")))
        {
            return SampleClass.Unserved;
        }

        if (row.Rsrp.State != LevelState.Number || row.Sinr.State != LevelState.Number)
        {
            return SampleClass.Missing;
        }

        // SS-RSRP -156..-31 dBm, SS-SINR -23..40 dB; every dB sentinel that is written lies outside them or is one of -200, 99, 255.
        return row.Rsrp.Tenths is >= -1_560 and <= -310 && row.Sinr.Tenths is >= -230 and <= 400
            ? SampleClass.Valid
            : SampleClass.Invalid;
    }

    private static int FloorDivide(int value, int divisor)
    {
        var quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }
}
