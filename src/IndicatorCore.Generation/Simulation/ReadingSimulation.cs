using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>Cumulative meters of every fourth line's compressors, read once a day and replaced now and then.</summary>
internal sealed class ReadingSimulation(ProvinceModel province)
{
    private readonly LineModel[] _lines = [.. province.Lines.Where(static line => line.Index % 4 == 1)];

    public long Candidates => (long)(province.EndDay - province.StartDay) * _lines.Length;

    /// <summary>The lines that have such a meter.</summary>
    public IReadOnlyList<LineModel> Lines => _lines;

    /// <summary>The readings of a meter in the order of time.</summary>
    /// <param name="slot">The place of its line among <see cref="Lines"/>.</param>
    public IEnumerable<ReadingRow> Of(int slot)
    {
        for (var day = 0; day < province.EndDay - province.StartDay; day++)
        {
            Row(((long)day * _lines.Length) + slot, out var row);
            yield return row;
        }
    }

    public void Row(long index, out ReadingRow row)
    {
        var (day, slot) = Math.DivRem(index, _lines.Length);
        var line = _lines[(int)slot];
        var draw = Draw.For(province.Seed, Purpose.Reading, line.Index, day);
        var perDay = (line.WattHoursAShift / 10) + 3;
        var since = province.Faults ? (day + (line.Index * 7)) % 97 : day;
        row = new ReadingRow
        {
            Line = line,
            Time = LocalCalendar.Midnight(province.StartDay + (int)day) + 300_000,
            WattHours = (since * perDay) + draw.Below(perDay / 3),
        };
        if (province.Faults)
        {
            var fault = draw.Below(1_000);
            row.State = fault < 4 ? LevelState.Null : fault < 7 ? LevelState.NotANumber : LevelState.Number;
        }
    }
}
