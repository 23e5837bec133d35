using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Levels of served samples by line, each measure by its own class (indicator-definitions 1.4, 3.5).</summary>
internal sealed class RadioValueLedger(ProvinceModel province)
{
    private readonly (RadioValueCount Rsrp, RadioValueCount Sinr)[] _lines =
        [.. province.Lines.Select(static _ => (new RadioValueCount(), new RadioValueCount()))];

    public void Add(RadioRow row, bool hasCellColumn)
    {
        if (CoverageLedger.Classify(row, hasCellColumn) == SampleClass.Unserved)
        {
            return;
        }

        var line = _lines[row.Device.LineOn(LocalCalendar.DayOf(row.EventTime!.Value))!.Index];
        Add(line.Rsrp, row.Rsrp, -1_560, -310);
        Add(line.Sinr, row.Sinr, -230, 400);
    }

    /// <summary>The values of lines: SS-RSRP, or SS-SINR.</summary>
    public RadioValueCount Of(IEnumerable<LineModel> lines, bool isRsrp)
    {
        var sum = new RadioValueCount();
        foreach (var line in lines)
        {
            sum.Add(isRsrp ? _lines[line.Index].Rsrp : _lines[line.Index].Sinr);
        }

        return sum;
    }

    private static void Add(RadioValueCount count, Level level, int least, int most)
    {
        if (level.State == LevelState.Number && level.Tenths >= least && level.Tenths <= most)
        {
            // written in single precision; 24 bits times 20 bits are exact in a double, so this rounds once, half to even (1.5)
            count.Add((long)Math.Round((float)(level.Tenths / 10.0) * 1e6, MidpointRounding.ToEven), 1);
        }
    }
}
