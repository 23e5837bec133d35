namespace IndicatorCore.Indicators.Phases;

/// <summary>The sums of one stratum in both phases; index 0 = baseline, 1 = after.</summary>
internal sealed class Stratum
{
    private readonly Int128[] _output = new Int128[2];
    private readonly Int128[] _input = new Int128[2];

    /// <summary>The days behind the sums, in no particular order; several with one day are added.</summary>
    public List<DayAmount> Days { get; } = [];

    /// <summary>q0, q1: output of the phase.</summary>
    public Int128 Output(int phase) => _output[phase];

    /// <summary>l0, l1 or C0, C1: input or cost of the phase.</summary>
    public Int128 Input(int phase) => _input[phase];

    /// <summary>Only strata with q0, l0, q1, l1 above zero enter the index (section 4); section 5 says the same of q and C.</summary>
    public bool IsMatched => _output[0] > 0 && _input[0] > 0 && _output[1] > 0 && _input[1] > 0;

    /// <summary>Adds what one day contributes.</summary>
    public void Add(DayAmount amount)
    {
        _output[amount.Phase] += amount.Output;
        _input[amount.Phase] += amount.Input;
        Days.Add(amount);
    }
}
