using System.Reflection;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Errors;

namespace IndicatorCore.Cli;

/// <summary>Turns an exception into one line on standard error and an exit code (decisions D12).</summary>
internal static class Fault
{
    private const int LongestSentence = 4_000;

    /// <summary>Writes <c>error: ...</c>, with the stack trace when asked for, and returns the exit code.</summary>
    public static int Report(Exception problem, CommandContext context, bool isVerbose)
    {
        var cause = problem is AggregateException { InnerExceptions: [var only] } ? only : problem;
        var label = context.UseErrorColor ? "\e[31merror:\e[0m" : "error:";
        context.StandardError.WriteLine($"{label} {TextTable.Visible(Short(Sentence(cause)))}");
        if (isVerbose && cause is not (UsageException or CheckFailedException))
        {
            context.StandardError.WriteLine(cause);
        }

        return Code(cause);
    }

    /// <summary>The exit code of an exception.</summary>
    public static int Code(Exception cause) => cause switch
    {
        UsageException => ExitCode.Usage,
        CheckFailedException => ExitCode.CheckFailed,
        LimitExceededException { IsMemoryBudget: true } => ExitCode.Resources,
        IndicatorDataException => ExitCode.BadData,
        _ => ExitCode.Resources,
    };

    /// <summary>A message may quote names of any length from the data; its ends say what matters.</summary>
    private static string Short(string sentence) => sentence.Length <= LongestSentence
        ? sentence
        : $"{sentence.AsSpan(0, LongestSentence / 2)} ... {sentence.AsSpan(sentence.Length - (LongestSentence / 4))}";

    private static string Sentence(Exception cause) => cause switch
    {
        UsageException or CheckFailedException or IndicatorDataException => cause.Message,
        IOException => cause.Message.TrimEnd('.'),
        UnauthorizedAccessException => $"{cause.Message.TrimEnd('.')}; check the permissions",
        OutOfMemoryException => "out of memory; give --memory a smaller size or --threads fewer threads",
        TargetInvocationException { InnerException: { } inner } => Sentence(inner),
        _ => $"a fault of this program: {cause.GetType().Name}: {cause.Message} (run again with --verbose and report what it prints)",
    };
}
