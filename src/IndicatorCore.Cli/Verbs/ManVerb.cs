using System.CommandLine;
using System.Text;
using IndicatorCore.Cli.Output;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>man</c>: the manual page, made of the same model as the help.</summary>
internal sealed class ManVerb : IVerb
{
    private readonly Option<string?> _out = CommonOptions.Out();

    public ManVerb() => Command = new Command("man", "Prints the manual page (roff): every verb, option and example") { _out };

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators man | man -l -", "reads it"),
        ("indicators man --out /usr/local/share/man/man1/indicators.1", "installs it"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var page = ManualPage.Of(IndicatorsCommand.AllVerbs(), ShowVersion.Version);
        await context.Target(parsed.GetValue(_out)).WriteAsync(stream => stream.Write(Encoding.UTF8.GetBytes(page)), cancellationToken);
        return ExitCode.Done;
    }
}
