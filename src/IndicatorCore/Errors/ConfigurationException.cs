namespace IndicatorCore.Errors;

/// <summary>A source profile, definition profile, registry or definition file says something impossible.</summary>
public sealed class ConfigurationException : IndicatorDataException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The fault in one sentence, without its place.</param>
    /// <param name="location">Where it lies, as far as it is known.</param>
    /// <param name="advice">What to do about it, or null.</param>
    /// <param name="inner">The exception that revealed it, or null.</param>
    public ConfigurationException(string problem, DataLocation location = default, string? advice = null, Exception? inner = null)
        : base(DataFault.Configuration, problem, location, advice, inner)
    {
    }
}
