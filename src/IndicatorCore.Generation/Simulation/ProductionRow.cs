using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>A shift's or day's output of one product; times in UTC milliseconds, output in thousandths of the unit, hours in twentieths.</summary>
internal struct ProductionRow
{
    public LineModel Line;
    public ProductModel Product;
    public long Start;
    public long End;
    public long Order;

    /// <summary>Whether the good output is written; else it is null, or NaN when <see cref="GoodIsNotANumber"/>.</summary>
    public bool HasGood;
    public bool GoodIsNotANumber;
    public long GoodMilli;
    public long TotalMilli;
    public int? LabourTwentieths;
    public int? BusyTwentieths;
    public int ActualTwentieths;
    public long? StartedMilli;
    public long? FirstPassMilli;

    /// <summary>Planned time an item, milliseconds.</summary>
    public int? IdealMilliseconds;
}
