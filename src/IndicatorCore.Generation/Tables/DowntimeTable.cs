using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>downtime</c>: about one stop a line and fortnight.</summary>
internal sealed class DowntimeTable(ProvinceModel province, Ledger ledger)
    : TableSource(ShapeOf(province), (long)(province.EndDay - province.StartDay) / 14 * province.Lines.Count)
{
    public override bool Emit(long index, BatchBuffer batch)
    {
        var (fortnight, number) = Math.DivRem(index, province.Lines.Count);
        var line = province.Lines[(int)number];
        var draw = Draw.For(province.Seed, Purpose.Downtime, line.Index, fortnight);
        var day = province.StartDay + (int)(fortnight * 14) + draw.Below(14);
        if (day < line.FirstDay || draw.Chance(150_000))
        {
            return false;
        }

        var start = LocalCalendar.Midnight(day) + (draw.Between(0, 1_200) * 60_000L);
        batch[0].Add(start);
        batch[1].Add(start + (draw.Between(4, 180) * 60_000L));
        batch[2].Add(line.Index);
        batch[3].Add(draw.Below(4));
        batch.EndRow();
        ledger.Clock.Accept(start, null);
        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province) => new("downtime",
    [
        new("start_ts", ColumnKind.Instant),
        new("end_ts", ColumnKind.Instant),
        new("line", ColumnKind.Key, [.. province.Lines.Select(static line => line.Id)]),
        new("kind", ColumnKind.Key, ["failure", "failure_repair", "setup", "planned"]),
    ]);
}
