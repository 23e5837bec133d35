namespace IndicatorCore.Cli;

/// <summary>Whoever read standard output has left (<c>| head</c>): the command ends quietly.</summary>
internal sealed class BrokenPipeException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="inner">The failed write.</param>
    public BrokenPipeException(IOException inner)
        : base("The reader of standard output has left", inner)
    {
    }
}
