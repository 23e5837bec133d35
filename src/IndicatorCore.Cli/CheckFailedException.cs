namespace IndicatorCore.Cli;

/// <summary>A check did not hold, and nothing was written: exit code 5.</summary>
internal sealed class CheckFailedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What did not hold, and what to do about it.</param>
    public CheckFailedException(string message)
        : base(message)
    {
    }
}
