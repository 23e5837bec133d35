using System.CommandLine;
using System.Text;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>completion SHELL</c>: a script that teaches a shell to complete our command lines.</summary>
internal sealed class CompletionVerb : IVerb
{
    // the word at the cursor is completed by the program itself; where it knows nothing, the shell offers files
    private const string Bash =
        """
        # completion of indicators for bash: source <(indicators completion bash)
        _indicators() {
          local word=${COMP_WORDS[COMP_CWORD]} IFS=$'\n'
          COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "$word"))
        }
        complete -o default -o bashdefault -F _indicators indicators

        """;

    private const string Zsh =
        """
        #compdef indicators
        # completion of indicators for zsh: indicators completion zsh > "${fpath[1]}/_indicators"
        _indicators() {
          local -a candidates
          candidates=("${(@f)$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
          candidates=("${(@)candidates:#}")
          if (( ${#candidates} )); then
            compadd -S '' -- "${candidates[@]}"
          fi
          _files
        }
        compdef _indicators indicators

        """;

    private const string PowerShell =
        """
        # completion of indicators for PowerShell: indicators completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName indicators -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          & $commandAst.CommandElements[0].Value "[suggest:$cursorPosition]" "$commandAst" 2>$null |
            Where-Object { $_ -like "$wordToComplete*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh or pwsh" };

    public CompletionVerb()
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        Command = new Command("completion", "Prints a script that makes a shell complete verbs, options, indicators, keys and programmes") { _shell };
    }

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("source <(indicators completion bash)", "in ~/.bashrc"),
        ("indicators completion zsh > \"${fpath[1]}/_indicators\"", "once, for zsh"),
        ("indicators completion pwsh | Out-String | Invoke-Expression", "in a PowerShell profile"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var script = parsed.GetValue(_shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => PowerShell,
        };
        await context.Target(path: null).WriteAsync(stream => stream.Write(Encoding.UTF8.GetBytes(script.ReplaceLineEndings("\n"))), cancellationToken);
        return ExitCode.Done;
    }
}
