namespace IndicatorCore.Aggregation;

/// <summary>One kind of input beside the output that it made.</summary>
internal struct InputSums : IMergeable<InputSums>
{
    /// <summary>Rows with valid output and input.</summary>
    public uint Rows;

    /// <summary>Their output.</summary>
    public Sum96 Output;

    /// <summary>Their input.</summary>
    public Sum96 Input;

    /// <summary>Valid input of rows whose output is missing.</summary>
    public Sum96 InputWithoutOutput;

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
            Output.Add(output);
            Input.Add(input);
        }
        else
        {
            InputWithoutOutput.Add(input);
        }
    }

    /// <inheritdoc/>
    public void Merge(InputSums other)
    {
        Rows += other.Rows;
        Output.Add(other.Output);
        Input.Add(other.Input);
        InputWithoutOutput.Add(other.InputWithoutOutput);
    }
}
