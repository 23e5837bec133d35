using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>About one stop a line and fortnight; with faults some are told twice, overlap, have no end, or a kind that nobody knows.</summary>
internal sealed class DowntimeSimulation(ProvinceModel province)
{
    /// <summary>What is written into <c>kind</c>; the last one means nothing to anybody.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["failure", "failure_repair", "setup", "planned", "tea"];

    public long Candidates => 2L * Fortnights * province.Lines.Count;

    private long Fortnights => (province.EndDay - province.StartDay) / 14;

    /// <summary>The rows of a line.</summary>
    public IEnumerable<DowntimeRow> Of(LineModel line)
    {
        for (long half = 0; half < 2 * Fortnights; half++)
        {
            if (TryRow((half * province.Lines.Count) + line.Index, out var row))
            {
                yield return row;
            }
        }
    }

    public bool TryRow(long index, out DowntimeRow row)
    {
        var (half, number) = Math.DivRem(index, province.Lines.Count);
        var line = province.Lines[(int)number];
        var has = TryStop(line, half / 2, out row);
        if (half % 2 == 0)
        {
            return has;
        }

        var draw = Draw.For(province.Seed, Purpose.Downtime, line.Index, -1 - half);
        if (!has || !province.Faults || !draw.Chance(200_000))
        {
            return false;
        }

        if (draw.Chance(500_000))
        {
            return true;   // the same again
        }

        row.Start += draw.Between(1, 30) * 60_000L;
        row.End = row.Start + (draw.Between(4, 400) * 60_000L);
        row.Kind = Kinds[draw.Below(4)];
        return true;
    }

    private bool TryStop(LineModel line, long fortnight, out DowntimeRow row)
    {
        var draw = Draw.For(province.Seed, Purpose.Downtime, line.Index, fortnight);
        var day = province.StartDay + (int)(fortnight * 14) + draw.Below(14);
        row = default;
        if (day < line.FirstDay || draw.Chance(150_000))
        {
            return false;
        }

        var start = LocalCalendar.Midnight(day) + (draw.Between(0, 1_200) * 60_000L);
        row = new DowntimeRow { Line = line, Start = start, End = start + (draw.Between(4, 180) * 60_000L), Kind = Kinds[draw.Below(4)] };
        if (province.Faults)
        {
            var fault = draw.Below(1_000);
            row.End = fault < 20 ? null : fault < 30 ? start - 60_000 : row.End;
            row.Kind = fault is >= 30 and < 50 ? null : fault is >= 50 and < 70 ? Kinds[^1] : row.Kind;
        }

        return true;
    }
}
