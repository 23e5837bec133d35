using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary><c>cost</c>: the ledger by month.</summary>
internal sealed class CostTable : TableSource
{
    private readonly CostSimulation _simulation;
    private readonly Ledger _ledger;
    private readonly KeySet _products;
    private readonly KeySet _elements = new(CostSimulation.Elements);

    public CostTable(ProvinceModel province, CostSimulation simulation, Ledger ledger)
        : this(province, simulation, ledger, ProductionTable.Products(province))
    {
    }

    private CostTable(ProvinceModel province, CostSimulation simulation, Ledger ledger, KeySet products)
        : base(ShapeOf(province, products), simulation.Candidates)
    {
        _simulation = simulation;
        _ledger = ledger;
        _products = products;
    }

    public override bool Emit(long index, BatchBuffer batch)
    {
        if (!_simulation.TryRow(index, nulls: true, out var row))
        {
            return false;
        }

        var start = LocalCalendar.Midnight(LocalCalendar.MonthStart(row.Month));
        batch[0].Add(start);
        batch[1].Add(LocalCalendar.Midnight(LocalCalendar.MonthStart(row.Month + 1)));
        batch[2].Add(row.Line.Index);
        batch[3].Add($"{row.LedgerLine + 1:D9}");
        batch[4].Add(_products[row.Product.Id]);
        batch[5].Add(_elements[row.Element]);
        batch[6].Add(row.Fen / 100.0);
        batch[7].Add(row.IsProjectCost);
        batch.EndRow();
        _ledger.Clock.Accept(start, null);
        _ledger.Cost.Add(row);
        return true;
    }

    private static TableShape ShapeOf(ProvinceModel province, KeySet products) => new("cost",
    [
        new("period_start", ColumnKind.Instant),
        new("period_end", ColumnKind.Instant),
        new("line", ColumnKind.Key, [.. province.Lines.Select(static line => line.Id)]),
        new("ledger_line", ColumnKind.Text),
        new("product", ColumnKind.Key, products.Values),
        new("element", ColumnKind.Key, [.. CostSimulation.Elements]),
        new("amount_cny", ColumnKind.Double),
        new("is_project_cost", ColumnKind.Flag),
    ]);
}
