using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Production rows by line, for effectiveness, yields and energy per unit (indicator-definitions 7).</summary>
internal sealed class SupportLedger(ProvinceModel province)
{
    private readonly SupportCount[] _lines = [.. province.Lines.Select(static _ => new SupportCount())];

    /// <summary>Whether any energy row carries its own output; then energy is divided by that.</summary>
    public bool HasOwn { get; private set; }

    public void Add(ProductionRow row)
    {
        var line = _lines[row.Line.Index];
        line.HasRows = true;
        if (row.HasGood)
        {
            line.Output += row.GoodMilli;
            line.OutputUnits.Add(row.Product.Unit);
            line.Total += row.TotalMilli;
            line.TotalGood += row.GoodMilli;
            line.TotalUnits.Add(row.Product.Unit);

            // "the three parts multiply exactly to OEE": rows count that have all five elements
            if (row.BusyTwentieths is { } busy && row.IdealMilliseconds is { } ideal)
            {
                line.Planned += busy;
                line.Actual += row.ActualTwentieths;
                line.Produced += (Int128)ideal * row.TotalMilli;
                line.Good += (Int128)ideal * row.GoodMilli;
            }
        }

        if (row.StartedMilli is { } started && row.FirstPassMilli is { } firstPass)
        {
            line.Started += started;
            line.FirstPass += firstPass;
            line.FirstPassUnits.Add(row.Product.Unit);
        }
    }

    /// <summary>Adds energy whose row has an output of its own.</summary>
    public void AddOwn(EnergyRow row, string unit, long outputMilli)
    {
        HasOwn = true;
        var line = _lines[row.Line.Index];
        line.OwnWattHours += row.WattHours;
        line.OwnOutput += outputMilli;
        line.OwnUnits.Add(unit);
    }

    public SupportCount Of(IEnumerable<LineModel> lines)
    {
        var sum = new SupportCount();
        foreach (var line in lines)
        {
            sum.Add(_lines[line.Index]);
        }

        return sum;
    }
}
