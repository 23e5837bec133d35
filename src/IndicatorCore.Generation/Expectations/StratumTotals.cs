namespace IndicatorCore.Generation.Expectations;

/// <summary>A product of a line in one span: output in thousandths of the unit, hours in twentieths.</summary>
internal sealed class StratumTotals
{
    /// <summary>Output of rows with valid output.</summary>
    public Int128 Output { get; private set; }

    /// <summary>Output of rows with valid output and input, by input kind.</summary>
    public Int128[] OutputWith { get; } = new Int128[2];

    /// <summary>Input of those rows, by input kind.</summary>
    public Int128[] Input { get; } = new Int128[2];

    /// <summary>Input of rows whose output is missing, by input kind: unmatched by definition.</summary>
    public Int128[] InputWithoutOutput { get; } = new Int128[2];

    /// <summary>Whether a row's output is missing.</summary>
    public bool HasMissingOutput { get; private set; }

    public void Add(long? outputMilli, int? labourTwentieths, int? busyTwentieths)
    {
        Output += outputMilli ?? 0;
        HasMissingOutput |= outputMilli is null;
        Add(0, outputMilli, labourTwentieths);
        Add(1, outputMilli, busyTwentieths);
    }

    private void Add(int kind, long? outputMilli, int? twentieths)
    {
        // "A production row with missing q or input is left out of the sums; its present input counts as unmatched input."
        if (twentieths is not { } input)
        {
            return;
        }

        if (outputMilli is { } output)
        {
            OutputWith[kind] += output;
            Input[kind] += input;
        }
        else
        {
            InputWithoutOutput[kind] += input;
        }
    }
}
