namespace IndicatorCore.Errors;

/// <summary>The bytes are good Arrow (or LZ4) that this library does not read; the message names the feature.</summary>
public sealed class UnsupportedArrowException : IndicatorDataException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The fault in one sentence, without its place.</param>
    /// <param name="location">Where it lies, as far as it is known.</param>
    /// <param name="advice">What to do about it, or null.</param>
    /// <param name="inner">The exception that revealed it, or null.</param>
    public UnsupportedArrowException(string problem, DataLocation location = default, string? advice = null, Exception? inner = null)
        : base(DataFault.Unsupported, problem, location, advice, inner)
    {
    }
}
