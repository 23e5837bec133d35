namespace IndicatorCore.Indicators.Phases;

/// <summary>The tally of one input kind.</summary>
/// <param name="name">labour or machine.</param>
/// <param name="read">Its sums in a production cell.</param>
internal sealed class InputKindTally(string name, Func<ProductionCell, InputKindSums> read)
{
    /// <summary>The kind, as evidence names it.</summary>
    public string Name { get; } = name;

    /// <summary>The strata.</summary>
    public PhaseTally Tally { get; } = new();

    /// <summary>Output of rows with both, both phases together.</summary>
    public Int128 Output { get; private set; }

    /// <summary>Rows with both, both phases together.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a cell to a phase.</summary>
    public void Add(int phase, ProductionCell cell)
    {
        var sums = read(cell);
        Output += sums.Output;
        Rows += sums.Rows;
        if (sums.Rows > 0)
        {
            Tally.Add(new StratumKey(cell.Line, cell.Product), new DayAmount(phase, cell.Day, sums.Output, sums.Input));
            Tally.AddUnit(cell.Unit);
        }

        Tally.AddUnmatched(phase, sums.InputWithoutOutput);
    }
}
