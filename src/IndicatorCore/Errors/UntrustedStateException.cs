namespace IndicatorCore.Errors;

/// <summary>A state is not signed, or not by a key that is trusted, or is not what was signed.</summary>
public sealed class UntrustedStateException : IndicatorDataException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The fault in one sentence, without its place.</param>
    /// <param name="location">Where it lies, as far as it is known.</param>
    /// <param name="advice">What to do about it, or null.</param>
    /// <param name="inner">The exception that revealed it, or null.</param>
    public UntrustedStateException(string problem, DataLocation location = default, string? advice = null, Exception? inner = null)
        : base(DataFault.Untrusted, problem, location, advice, inner)
    {
    }
}
