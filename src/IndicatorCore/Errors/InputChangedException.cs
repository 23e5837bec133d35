namespace IndicatorCore.Errors;

/// <summary>An input changed while it was being read; nothing of it was counted.</summary>
public sealed class InputChangedException : IndicatorDataException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The fault in one sentence, without its place.</param>
    /// <param name="location">Where it lies, as far as it is known.</param>
    /// <param name="advice">What to do about it, or null.</param>
    /// <param name="inner">The exception that revealed it, or null.</param>
    public InputChangedException(string problem, DataLocation location = default, string? advice = null, Exception? inner = null)
        : base(DataFault.InputChanged, problem, location, advice, inner)
    {
    }
}
