namespace IndicatorCore.Indicators.Phases;

/// <summary>Output and input of one stratum on one local day.</summary>
internal sealed record AmountCell : PhaseCell
{
    /// <summary>The line of its stratum, or null where strata are not told apart by line.</summary>
    public string? StratumLine { get; init; }

    /// <summary>The product of its stratum, or null.</summary>
    public string? Product { get; init; }

    /// <summary>Output of the rows with both.</summary>
    public Int128 Output { get; init; }

    /// <summary>Input of the same rows.</summary>
    public Int128 Input { get; init; }

    /// <summary>Input of rows without output.</summary>
    public Int128 InputWithoutOutput { get; init; }

    /// <summary>Output of all rows, with input or without: what makes a baseline and a production day.</summary>
    public Int128 Produced { get; init; }

    /// <inheritdoc/>
    public override bool IsProducing => Produced > 0;
}
