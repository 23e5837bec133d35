using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>Output and hours: one row a line and shift, or a line and day.</summary>
internal sealed class ProductionSimulation(ProvinceModel province, int shiftsADay)
{
    private readonly long _shiftMilliseconds = LocalCalendar.MillisecondsADay / shiftsADay;

    public long Candidates => (long)(province.EndDay - province.StartDay) * shiftsADay * province.Lines.Count;

    public bool TryRow(long index, out ProductionRow row)
    {
        var (interval, number) = Math.DivRem(index, province.Lines.Count);
        var line = province.Lines[(int)number];
        var day = province.StartDay + (int)(interval / shiftsADay);
        var shift = (int)(interval % shiftsADay);
        row = default;
        var activity = LocalCalendar.ActivityPercent(day);

        // The last shift of the calendar always reports, so that the reference date is the end of the calendar.
        var last = day == province.EndDay - 1 && shift == shiftsADay - 1;
        if (day < line.FirstDay || (activity == 0 && !last))
        {
            return false;
        }

        activity = Math.Max(activity, 50);
        var draw = Draw.For(province.Seed, Purpose.Production, line.Index, interval);
        var product = ProductOn(line, day, shift);
        var workers = Math.Max(1, line.Workers * (day % 7 == 3 ? 95 : 100) / 100);

        // Hours of work in twentieths of an hour (3 minutes), so that their sums are exact decimals.
        var labour = workers * (160 + draw.Bell(8)) * activity / 100 * (3 / shiftsADay);
        var rate = (long)product.MilliPerHour * (1_000_000L + ((long)line.GainPermille * line.EffectPermille(day))) / 1_000_000;
        var good = labour * rate / 20 * (1_000 + draw.Bell(45)) / 1_000;
        var start = LocalCalendar.Midnight(day) + (shift * _shiftMilliseconds);
        var busy = (160 - draw.Below(16)) * (3 / shiftsADay);
        row = new ProductionRow
        {
            Line = line,
            Product = product,
            Start = start,
            End = start + _shiftMilliseconds,
            Order = (day / 5 * 100_000L) + line.Index,
            HasGood = true,
            GoodMilli = good,
            TotalMilli = good + (good * draw.Between(2, 40) / 1_000),
            LabourTwentieths = line.Factory.RecordsLabour ? labour : null,
            BusyTwentieths = busy,
            ActualTwentieths = busy - draw.Below(20),
            IdealMilliseconds = IdealMilliseconds(line, product),
        };
        row.StartedMilli = row.TotalMilli + (row.TotalMilli * draw.Below(30) / 1_000);
        row.FirstPassMilli = good - (good * draw.Below(60) / 1_000);
        if (!province.Faults || last)
        {
            return true;
        }

        if (product.LosesOutput && draw.Chance(30_000))
        {
            row.HasGood = false;
            row.GoodIsNotANumber = draw.Chance(400_000);
        }

        var fault = draw.Below(10_000);
        if (fault < 40)
        {
            row.LabourTwentieths = null;
        }
        else if (fault < 60)
        {
            row.BusyTwentieths = null;
        }
        else if (fault < 80)
        {
            row.StartedMilli = null;
        }
        else if (fault < 100)
        {
            row.FirstPassMilli = null;
        }
        else if (fault < 120)
        {
            row.IdealMilliseconds = null;
        }

        return true;
    }

    /// <summary>Good output that the plan expects of a product in a month, in thousandths of the unit.</summary>
    public long PlannedMilli(LineModel line, ProductModel product, int month)
    {
        long sum = 0;
        for (var day = LocalCalendar.MonthStart(month); day < LocalCalendar.MonthStart(month + 1); day++)
        {
            var activity = LocalCalendar.ActivityPercent(day);
            for (var shift = 0; activity > 0 && day >= line.FirstDay && shift < shiftsADay; shift++)
            {
                if (ProductOn(line, day, shift).Slot == product.Slot)
                {
                    sum += (long)line.Workers * 8 * product.MilliPerHour * activity / 100 * (3 / shiftsADay);
                }
            }
        }

        return sum;
    }

    // What one item takes when eight tenths of the time are used; every ninth line's master data say twice as much, which is wrong.
    private static int IdealMilliseconds(LineModel line, ProductModel product) =>
        Math.Max(1, (int)(2_880_000_000L / ((long)line.Workers * product.MilliPerHour))) * (line.Index % 9 == 4 ? 2 : 1);

    private static ProductModel ProductOn(LineModel line, int day, int shift)
    {
        // Five days of the first product for every two of each other one.
        var turn = (day + line.Index + shift) % (5 + (2 * (line.Products.Count - 1)));
        var product = turn < 5 ? line.Products[0] : line.Products[1 + ((turn - 5) / 2)];
        return day < product.FirstDay ? line.Products[0] : product;
    }
}
