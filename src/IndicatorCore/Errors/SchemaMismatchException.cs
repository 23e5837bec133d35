namespace IndicatorCore.Errors;

/// <summary>A readable input lacks the table, column or type that the query needs.</summary>
public sealed class SchemaMismatchException : IndicatorDataException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The fault in one sentence, without its place.</param>
    /// <param name="location">Where it lies, as far as it is known.</param>
    /// <param name="advice">What to do about it, or null.</param>
    /// <param name="inner">The exception that revealed it, or null.</param>
    public SchemaMismatchException(string problem, DataLocation location = default, string? advice = null, Exception? inner = null)
        : base(DataFault.SchemaMismatch, problem, location, advice, inner)
    {
    }
}
