using System.Text;

namespace IndicatorCore.Cli.Output;

/// <summary>The manual page <c>indicators(1)</c> in roff (man(7)), from the commands as they are parsed.</summary>
internal static class ManualPage
{
    /// <summary>The page.</summary>
    /// <param name="verbs">Every verb.</param>
    /// <param name="version">The program's version.</param>
    public static string Of(IReadOnlyList<IVerb> verbs, string version)
    {
        var page = new StringBuilder();
        page.Append($".TH INDICATORS 1 \"\" \"indicators {version}\" \"User Commands\"\n");
        page.Append(".SH NAME\nindicators \\- exact indicators of 5G factories from Arrow exports, each with its evidence\n");
        page.Append(".SH SYNOPSIS\n.B indicators\n.I VERB\n[\\fIARGUMENT\\fR ...] [\\fIOPTION\\fR ...]\n");
        page.Append(".SH DESCRIPTION\nReads telemetry of factories from Arrow IPC files and streams and computes indicators by versioned definitions. ");
        page.Append("Results go to standard output or a file, everything else to standard error. The same inputs give the same bytes.\n");
        page.Append(".SH VERBS\n");
        foreach (var verb in verbs)
        {
            Verb(page, verb);
        }

        page.Append(".SH EXIT STATUS\n");
        foreach (var (code, meaning) in ((string, string)[])
        [
            ("0", "done"), ("2", "usage"), ("3", "bad input data; nothing was written"), ("4", "done, but input was skipped under --on-bad skip"),
            ("5", "a check did not hold (shards are missing, --strict)"), ("6", "input, output or memory"), ("130", "interrupted"),
        ])
        {
            page.Append($".TP\n.B {code}\n{Text(meaning)}\n");
        }

        page.Append(".SH ENVIRONMENT\n.TP\n.B INDICATORS_*\nOptions, such as INDICATORS_THREADS=4; they win over the file, the command line over both.\n");
        page.Append(".TP\n.B NO_COLOR\nNo colour, whatever the terminal can.\n");
        page.Append(".SH FILES\n.TP\n.I indicators.json\nOptions, in the working directory: {\"threads\": 4, \"run\": {\"by\": [\"factory\"]}}\n");
        return page.ToString();
    }

    private static void Verb(StringBuilder page, IVerb verb)
    {
        var command = verb.Command;
        var name = verb.Parent is { } parent ? $"{parent.Name} {command.Name}" : command.Name;
        var arguments = command.Arguments.Where(static argument => !argument.Hidden)
            .Select(static argument => $"{(argument.Arity.MinimumNumberOfValues == 0 ? "[" : string.Empty)}{argument.Name}{(argument.Arity.MaximumNumberOfValues > 1 ? "..." : string.Empty)}{(argument.Arity.MinimumNumberOfValues == 0 ? "]" : string.Empty)}");
        page.Append($".SS indicators {Text(name)} {Text(string.Join(' ', arguments))}\n{Text(command.Description ?? string.Empty)}.\n");
        foreach (var argument in command.Arguments.Where(static argument => !argument.Hidden && argument.Description is not null))
        {
            page.Append($".TP\n.I {Text(argument.Name)}\n{Text(argument.Description!)}\n");
        }

        foreach (var option in command.Options.Where(static option => !option.Hidden))
        {
            var names = string.Join(", ", option.Aliases.Append(option.Name).Distinct().OrderBy(static alias => alias.Length).Select(static alias => $"\\fB{Text(alias)}\\fR"));
            var value = option.ValueType == typeof(bool) ? string.Empty : $" \\fI{Text(option.HelpName ?? "VALUE")}\\fR";
            page.Append($".TP\n{names}{value}\n{Text(option.Description ?? string.Empty)}\n");
        }

        if (verb.Examples.Count > 0)
        {
            page.Append(".PP\nExamples:\n");
            foreach (var (line, meaning) in verb.Examples)
            {
                page.Append($".PP\n{Text(meaning)}:\n.PP\n.RS\n.nf\n{Text(line)}\n.fi\n.RE\n");
            }
        }
    }

    // hyphens are minus signs here, and a line that begins with a point or an apostrophe would be a request
    private static string Text(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
        return escaped is ['.' or '\'', ..] ? $"\\&{escaped}" : escaped;
    }
}
