using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>production</c>: output and hours.</summary>
internal sealed class ProductionTable : TableSource
{
    private readonly ProductionSimulation _simulation;
    private readonly Ledger _ledger;
    private readonly KeySet _products;
    private readonly KeySet _units;

    public ProductionTable(ProvinceModel province, ProductionSimulation simulation, Ledger ledger)
        : this(province, simulation, ledger, Products(province), Units(province))
    {
    }

    private ProductionTable(ProvinceModel province, ProductionSimulation simulation, Ledger ledger, KeySet products, KeySet units)
        : base(ShapeOf(province, products, units), simulation.Candidates)
    {
        _simulation = simulation;
        _ledger = ledger;
        _products = products;
        _units = units;
    }

    public static KeySet Products(ProvinceModel province) =>
        new(province.Lines.SelectMany(static line => line.Products.Select(static product => product.Id)));

    public static KeySet Units(ProvinceModel province) =>
        new(province.Lines.SelectMany(static line => line.Products.Select(static product => product.Unit)));

    /// <summary>The good output as it is written.</summary>
    public static double? Good(ProductionRow row) =>
        row.HasGood ? row.GoodMilli / 1000.0 : row.GoodIsNotANumber ? double.NaN : null;

    public override bool Emit(long index, BatchBuffer batch)
    {
        if (!_simulation.TryRow(index, out var row))
        {
            return false;
        }

        batch[0].Add(row.Start);
        batch[1].Add(row.End);
        batch[2].Add(row.Line.Index);
        batch[3].Add(row.Order);
        batch[4].Add(_products[row.Product.Id]);
        batch[5].Add(_units[row.Product.Unit]);
        batch[6].Add(Good(row));
        batch[7].Add(row.TotalMilli / 1000.0);
        batch[8].Add(row.LabourTwentieths / 20.0);
        batch[9].Add(row.BusyTwentieths / 20.0);
        batch[10].Add(row.ActualTwentieths / 20.0);
        batch[11].Add(row.StartedMilli / 1000.0);
        batch[12].Add(row.FirstPassMilli / 1000.0);
        batch[13].Add(row.IdealMilliseconds / 1000.0);
        batch.EndRow();
        _ledger.Clock.Accept(row.Start, null, row.End);
        _ledger.Production.Add(row);
        _ledger.Support.Add(row);
        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province, KeySet products, KeySet units) => new("production",
    [
        new("interval_start", ColumnKind.Instant),
        new("interval_end", ColumnKind.Instant),
        new("line", ColumnKind.Key, [.. province.Lines.Select(static line => line.Id)]),
        new("order", ColumnKind.Integer),
        new("product", ColumnKind.Key, products.Values),
        new("unit", ColumnKind.Key, units.Values),
        new("q_good", ColumnKind.Double),
        new("q_total", ColumnKind.Double),
        new("labour_h", ColumnKind.Double),
        new("planned_busy_h", ColumnKind.Double),
        new("actual_h", ColumnKind.Double),
        new("q_started", ColumnKind.Double),
        new("q_first_pass", ColumnKind.Double),
        new("ideal_s_per_unit", ColumnKind.Double),
    ]);
}
