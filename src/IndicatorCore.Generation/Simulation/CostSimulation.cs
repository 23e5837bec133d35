using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>The ledger: one row a month, line, product and element.</summary>
internal sealed class CostSimulation
{
    private static readonly (string Name, int SharePermille)[] s_elements =
        [("material", 560), ("energy", 130), ("labour", 180), ("depreciation", 80), ("maintenance", 30), ("network", 20)];

    private readonly ProvinceModel _province;
    private readonly ProductionSimulation _production;
    private readonly int _firstMonth;
    private readonly int _months;
    private readonly (LineModel Line, ProductModel Product)[] _strata;

    public CostSimulation(ProvinceModel province, ProductionSimulation production)
    {
        _province = province;
        _production = production;
        _firstMonth = LocalCalendar.Month(province.StartDay);
        if (LocalCalendar.MonthStart(_firstMonth) < province.StartDay)
        {
            _firstMonth++;
        }

        _months = Math.Max(0, LocalCalendar.Month(province.EndDay) - _firstMonth);   // a short calendar has no whole month
        _strata = [.. province.Lines.Where(static line => line.HasCost)
            .SelectMany(static line => line.Products.Select(product => (line, product)))];
    }

    public static IEnumerable<string> Elements => s_elements.Select(static element => element.Name);

    public long Candidates => (long)_months * _strata.Length * s_elements.Length;

    public bool TryRow(long index, bool nulls, out CostRow row)
    {
        var (rest, element) = Math.DivRem(index, s_elements.Length);
        var (period, stratum) = Math.DivRem(rest, _strata.Length);
        var (line, product) = _strata[stratum];
        var month = _firstMonth + (int)period;
        var first = LocalCalendar.MonthStart(month);
        var after = line.GoLives.Count > 0 && first >= line.GoLives[^1];
        row = default;
        if (first < product.FirstDay || (product.LosesElement && after && element == 1))
        {
            return false;
        }

        var draw = Draw.For(_province.Seed, Purpose.Cost, ((long)line.Index * 8) + product.Slot, ((long)month * 8) + element);
        var milli = Math.Max(1_000, _production.PlannedMilli(line, product, month));
        var fen = (long)((Int128)milli * product.FenPerUnit * s_elements[element].SharePermille / 1_000_000);
        fen = fen * (1_000 - (line.SavingPermille * line.EffectPermille(first) / 1_000)) / 1_000;

        // Output grows with the same plan, so cost does too.
        fen = fen * (1_000 + (line.GainPermille * line.EffectPermille(first) / 1_000)) / 1_000;
        row = new CostRow
        {
            Line = line,
            Product = product,
            Month = month,
            Element = s_elements[element].Name,
            IsProjectCost = element == 5,
            Fen = fen * (1_000 + draw.Bell(25)) / 1_000,
            LedgerLine = index,
        };
        if (nulls && _province.Faults && product.LosesElement && element == 4 && after && draw.Chance(200_000))
        {
            row.Fen = null;
        }

        return true;
    }
}
