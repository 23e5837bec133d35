using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Energy of cumulative meters by line: what each reading is above the one before; a reading below it means a new meter.</summary>
internal sealed class ReadingLedger
{
    private readonly (Int128 WattHours, long Valid, long Resets)[] _lines;

    public ReadingLedger(ProvinceModel province, ReadingSimulation simulation)
    {
        _lines = new (Int128, long, long)[province.Lines.Count];
        for (var slot = 0; slot < simulation.Lines.Count; slot++)
        {
            long? before = null;
            ref var line = ref _lines[simulation.Lines[slot].Index];
            foreach (var row in simulation.Of(slot).Where(static row => row.State == LevelState.Number))
            {
                line.Valid++;
                if (before is { } last)
                {
                    line.WattHours += Math.Max(0, row.WattHours - last);
                    line.Resets += row.WattHours < last ? 1 : 0;
                }

                before = row.WattHours;
            }
        }
    }

    public (Int128 WattHours, long Valid, long Resets) Of(IEnumerable<LineModel> lines)
    {
        var sum = (WattHours: (Int128)0, Valid: 0L, Resets: 0L);
        foreach (var line in lines)
        {
            var of = _lines[line.Index];
            sum = (sum.WattHours + of.WattHours, sum.Valid + of.Valid, sum.Resets + of.Resets);
        }

        return sum;
    }
}
