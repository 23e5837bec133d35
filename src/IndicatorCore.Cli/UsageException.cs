namespace IndicatorCore.Cli;

/// <summary>The command line, a variable or <c>indicators.json</c> asks for something impossible: exit code 2.</summary>
internal sealed class UsageException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The fault, and what to do about it.</param>
    /// <param name="inner">The exception that revealed it, or null.</param>
    public UsageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
