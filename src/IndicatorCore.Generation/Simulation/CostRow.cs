using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>A ledger line: one element of one product in one month; the amount in fen, null when not booked.</summary>
internal struct CostRow
{
    public LineModel Line;
    public ProductModel Product;
    public int Month;
    public string Element;
    public bool IsProjectCost;
    public long? Fen;
    public long LedgerLine;
}
