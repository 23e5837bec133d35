namespace IndicatorCore.Aggregation;

/// <summary>One kind of input beside the output that it made.</summary>
internal struct InputSums : IMergeable<InputSums>
{
    /// <summary>Rows with valid output and input.</summary>
    public long Rows;

    /// <summary>Their output.</summary>
    public Int128 Output;

    /// <summary>Their input.</summary>
    public Int128 Input;

    /// <summary>Valid input of rows whose output is missing.</summary>
    public Int128 InputWithoutOutput;

    /// <summary>Counts one row.</summary>
    public void Update(bool hasOutput, long output, bool hasInput, long input)
    {
        if (!hasInput)
        {
            return;
        }

        if (hasOutput)
        {
            Rows++;
            Output += output;
            Input += input;
        }
        else
        {
            InputWithoutOutput += input;
        }
    }

    /// <inheritdoc/>
    public void Merge(InputSums other)
    {
        Rows += other.Rows;
        Output += other.Output;
        Input += other.Input;
        InputWithoutOutput += other.InputWithoutOutput;
    }
}
