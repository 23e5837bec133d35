using System.Numerics;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The covered area, <c>cov_area_m2</c> (indicator-definitions 3.1): covered cells by the area of one.</summary>
internal sealed class CoveredAreaDefinition : IndicatorDefinition
{
    private const int AreaScale = 12;   // sides are at 10⁻⁶ m

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "cov_area_m2",
        ChineseName = "5G覆盖面积",
        EnglishName = "Area covered by 5G",
        Formula = "covered cells · g², g the side of a cell; bounds [covered · g², (covered + target − measured) · g²]",
        Unit = "m²",
        Needs =
        [
            new()
            {
                Source = "radio",
                Required = ["event_ts", "rsrp_dbm", "sinr_db", "x_m+y_m|grid"],
                Optional = ["floor", "cell", "rat", "device", "line", "factory"],
            },
            new() { Source = IndicatorNeed.Registry, Required = ["grid_cells"] },
        ],
        State = "as cov_grid",
        Weights = "grid cells of equal size, added over factories",
        PublicationRule = "as cov_grid",
        Sources = ["indicator-definitions 3.1", "粤工信工业互联网函〔2020〕426号 (覆盖面积)"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Radio | TableNeeds.Grid;

    /// <inheritdoc/>
    public override string Table => "radio";

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var cell = BigInteger.Pow(report.Profile.GridSize, 2);
        foreach (var figure in GridFigure.Of(report))
        {
            var row = new IndicatorRow
            {
                Indicator = Description.Id,
                Definition = Description.Definition,
                Group = figure.Group,
                WindowStart = figure.Window.Start,
                WindowEnd = figure.Window.End,
                Unit = Description.Unit,
                Value = Area(figure.Covered),
                Numerator = new ExactNumber(figure.Covered * cell, AreaScale),
                Low = Area(figure.Covered),
                High = Area(figure.Covered + figure.Target - figure.Measured),
                Flags = figure.Window.Flags | report.SkipFlag(Description) | figure.Flags,
                Evidence = figure.Radio.ToEvidence(report),
            };
            yield return Figure.Judge(row, figure.NotAvailable, figure.Suppressed);
        }

        double Area(long cells) => ExactRatio.ToDouble(cells * cell, BigInteger.Pow(10, AreaScale));
    }
}
