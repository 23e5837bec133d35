using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Energy by line, in watt hours; a null or NaN is MISSING and adds nothing (1.4).</summary>
internal sealed class EnergyLedger(ProvinceModel province)
{
    private readonly Int128[] _wattHours = new Int128[province.Lines.Count];
    private readonly long[] _valid = new long[province.Lines.Count];

    public void Add(EnergyRow row)
    {
        if (row.State == LevelState.Number)
        {
            _wattHours[row.Line.Index] += row.WattHours;
            _valid[row.Line.Index]++;
        }
    }

    public Int128 WattHours(IEnumerable<LineModel> lines)
    {
        Int128 sum = 0;
        foreach (var line in lines)
        {
            sum += _wattHours[line.Index];
        }

        return sum;
    }

    public long ValidRows(IEnumerable<LineModel> lines) => lines.Sum(line => _valid[line.Index]);
}
