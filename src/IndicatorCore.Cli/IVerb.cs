using System.CommandLine;

namespace IndicatorCore.Cli;

/// <summary>One verb of the command line.</summary>
internal interface IVerb
{
    /// <summary>The word before the verb, such as <c>import</c>, with its description; null for most.</summary>
    (string Name, string Description)? Parent => null;

    /// <summary>How long it may take to end when it is interrupted; then the process ends without it.</summary>
    TimeSpan Grace => TimeSpan.FromMilliseconds(300);

    /// <summary>Its command with arguments and options; <see cref="IndicatorsCommand"/> runs it.</summary>
    Command Command { get; }

    /// <summary>Command lines that show its use, each with its meaning.</summary>
    IReadOnlyList<(string Line, string Meaning)> Examples { get; }

    /// <summary>Does it and returns the exit code.</summary>
    Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken);
}
