using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Cost by line, product, element and phase, in the months that count.</summary>
internal sealed class CostLedger
{
    private readonly PhaseSpans?[] _spans;
    private readonly CostStratum[][][] _strata;
    private readonly SortedSet<int>[][] _months;

    public CostLedger(ProvinceModel province)
    {
        _spans = [.. province.Lines.Select(line => PhaseSpans.Of(line, province.EndDay))];
        _strata = [.. province.Lines.Select(static line =>
            line.Products.Select(static _ => new CostStratum[] { new(), new() }).ToArray())];
        _months = [.. province.Lines.Select(static _ => new SortedSet<int>[] { [], [] })];
    }

    public void Add(CostRow row)
    {
        if (_spans[row.Line.Index]?.CostPhase(row.Month) is { } phase)
        {
            _strata[row.Line.Index][row.Product.Slot][phase].Add(row.Element, row.Fen);
            _months[row.Line.Index][phase].Add(row.Month);
        }
    }

    /// <summary>A product's cost in a phase: 0 baseline, 1 after.</summary>
    public CostStratum Of(LineModel line, ProductModel product, int phase) => _strata[line.Index][product.Slot][phase];

    /// <summary>The months of a line that count in a phase and have cost rows.</summary>
    public IReadOnlySet<int> Months(LineModel line, int phase) => _months[line.Index][phase];
}
