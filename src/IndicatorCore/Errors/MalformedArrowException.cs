namespace IndicatorCore.Errors;

/// <summary>The bytes break a rule of their format (Arrow IPC, LZ4), end too early, or fail a checksum.</summary>
public sealed class MalformedArrowException : IndicatorDataException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The fault in one sentence, without its place.</param>
    /// <param name="location">Where it lies, as far as it is known.</param>
    /// <param name="kind">Malformed, Truncated or Checksum.</param>
    /// <param name="advice">What to do about it, or null.</param>
    /// <param name="inner">The exception that revealed it, or null.</param>
    public MalformedArrowException(
        string problem,
        DataLocation location = default,
        DataFault kind = DataFault.Malformed,
        string? advice = null,
        Exception? inner = null)
        : base(kind, problem, location, advice, inner)
    {
        if (kind is not (DataFault.Malformed or DataFault.Truncated or DataFault.Checksum))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only Malformed, Truncated and Checksum are this exception's kinds.");
        }
    }
}
