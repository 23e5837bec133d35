using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>Meters: one row a line and interval.</summary>
internal sealed class EnergySimulation(ProvinceModel province, int intervalsADay)
{
    private readonly long _milliseconds = LocalCalendar.MillisecondsADay / intervalsADay;

    public long Candidates => (long)(province.EndDay - province.StartDay) * intervalsADay * province.Lines.Count;

    public void Row(long index, out EnergyRow row)
    {
        var (interval, number) = Math.DivRem(index, province.Lines.Count);
        var line = province.Lines[(int)number];
        var day = province.StartDay + (int)(interval / intervalsADay);
        var start = LocalCalendar.Midnight(day) + (interval % intervalsADay * _milliseconds);
        var draw = Draw.For(province.Seed, Purpose.Energy, line.Index, interval);

        // An idle line still draws a tenth.
        var activity = day < line.FirstDay ? 0 : LocalCalendar.ActivityPercent(day);
        row = new EnergyRow
        {
            Line = line,
            Start = start,
            End = start + _milliseconds,
            WattHours = (long)line.WattHoursAShift * (3 / intervalsADay) * (10 + activity) / 110 * (1_000 + draw.Bell(80)) / 1_000,
        };
        if (province.Faults)
        {
            var fault = draw.Below(10_000);
            row.State = fault < 10 ? LevelState.Null : fault < 15 ? LevelState.NotANumber : LevelState.Number;
        }
    }
}
