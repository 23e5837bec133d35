using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text;
using IndicatorCore.Cli.Settings;
using IndicatorCore.Cli.Verbs;
using IndicatorCore.Errors;

namespace IndicatorCore.Cli;

/// <summary>The command line <c>indicators</c> (interface 3): parses, adds settings, runs a verb, turns faults into one line and a code.</summary>
internal sealed class IndicatorsCommand
{
    private static readonly ParserConfiguration s_parser = new() { ResponseFileTokenReplacer = null };
    private readonly IReadOnlyList<IVerb> _verbs;
    private readonly RootCommand _root;
    private readonly CommandContext _context;
    private readonly bool _hasSettings;

    private IndicatorsCommand(CommandContext context, IReadOnlyList<string> args)
    {
        _context = context;
        _hasSettings = CommandSettings.MayExist(context);
        _verbs = Verbs(args, all: _hasSettings);
        _root = MakeRoot(_verbs);
        if (Completions.AreAsked(args))
        {
            Completions.AddTo(_root, context.Catalog);
        }
    }

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The words after the executable's name.</param>
    /// <param name="context">The process, or what a test puts in its place.</param>
    /// <param name="cancellationToken">Signalled on Ctrl+C.</param>
    /// <returns>The exit code of interface 3.</returns>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> args, CommandContext context, CancellationToken cancellationToken = default)
    {
        var isVerbose = args.Contains(CommonOptions.Verbose);
        try
        {
            // one state machine for all of it: each costs start-up
            var command = new IndicatorsCommand(context, args);
            if (command.Parse(args) is not { } parsed)
            {
                return await command.ShowAsync(args);
            }

            var verb = command._verbs.First(verb => verb.Command == parsed.CommandResult.Command);
            var work = Task.Run(() => verb.InvokeAsync(parsed, context, cancellationToken), CancellationToken.None);
            try
            {
                return await work.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // the verb may clean up; a read that blocks in the system is left behind
                await Task.WhenAny(work, Task.Delay(verb.Grace, CancellationToken.None));
                if (work.IsCompletedSuccessfully)
                {
                    return await work;
                }

                throw;
            }
        }
        catch (BrokenPipeException)
        {
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await context.StandardError.WriteLineAsync("interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception problem)
        {
            return Fault.Report(problem, context, isVerbose);
        }
    }

    /// <summary>The verb that the first word names alone, where it does and nothing else needs the others: their options cost start-up.</summary>
    private static IReadOnlyList<IVerb> Verbs(IReadOnlyList<string> args, bool all) => (all || args.Count == 0 ? null : args[0]) switch
    {
        "run" => [new RunVerb()],
        "verify" => [new VerifyVerb()],
        "inspect" => [new InspectVerb()],
        "partial" => [new PartialVerb()],
        "merge" => [new MergeVerb()],
        "cat" => [new CatVerb()],
        "catalog" => [new CatalogVerb()],
        "form" => [new FormVerb()],
        "report" => [new ReportVerb()],
        "serve" => [new ServeVerb()],
        "watch" => [new WatchVerb()],
        "keys" => [new KeysAddVerb(), new KeysListVerb(), new KeysRevokeVerb()],
        _ => AllVerbs(),
    };

    /// <summary>Every verb, in the order of the help.</summary>
    public static IReadOnlyList<IVerb> AllVerbs() =>
    [
        new RunVerb(), new VerifyVerb(), new InspectVerb(), new CatVerb(), new CatalogVerb(), new FormVerb(), new ReportVerb(), new ServeVerb(), new WatchVerb(), new PartialVerb(), new MergeVerb(),
        new RegistryCheckVerb(), new ImportCsvVerb(), new ImportPmXmlVerb(), new GenerateVerb(), new KeysAddVerb(), new KeysListVerb(), new KeysRevokeVerb(), new CompletionVerb(), new ManVerb(),
    ];

    private static RootCommand MakeRoot(IReadOnlyList<IVerb> verbs)
    {
        var root = new RootCommand("Indicators of 5G factories from Arrow exports: exact, and each with its evidence.") { HelpName = "indicators" };
        foreach (var verb in verbs)
        {
            CommonOptions.AddTo(verb.Command);
            verb.Command.SetAction(static _ => ExitCode.Done);
            ParentOf(root, verb).Subcommands.Add(verb.Command);
        }

        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
            {
                option.Action = new HelpWithExamples(help, verbs);
            }
            else if (option is VersionOption)
            {
                option.Action = new ShowVersion();
            }
        }

        return root;
    }

    private static Command ParentOf(Command root, IVerb verb)
    {
        if (verb.Parent is not { } parent)
        {
            return root;
        }

        var command = root.Subcommands.FirstOrDefault(command => command.Name == parent.Name);
        if (command is null)
        {
            command = new Command(parent.Name, parent.Description);
            root.Subcommands.Add(command);
        }

        return command;
    }

    /// <summary>The command line with settings added; null where it asks to be shown something instead.</summary>
    private ParseResult? Parse(IReadOnlyList<string> args)
    {
        var parsed = _root.Parse(args, s_parser);
        if (parsed.Action is SynchronousCommandLineAction { ClearsParseErrors: true })
        {
            return null;
        }

        Check(parsed, origin: string.Empty);
        var added = _hasSettings ? CommandSettings.Read(_context).Tokens(parsed, _root) : [];
        if (added.Count > 0)
        {
            var depth = parsed.CommandResult.Parent is CommandResult { Parent: not null } ? 2 : 1;
            parsed = _root.Parse([.. args.Take(depth), .. added, .. args.Skip(depth)], s_parser);
            Check(parsed, $"from {CommandSettings.FileName} or a variable {CommandSettings.Prefix}*: ");
        }

        return parsed;
    }

    private void Check(ParseResult parsed, string origin)
    {
        var command = parsed.CommandResult.Command;
        var see = $"; see '{Path(parsed.CommandResult)} --help'";
        if (parsed.CommandResult.Command.Subcommands.Count > 0)
        {
            var word = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
            throw new UsageException(word is null
                ? $"no verb given{see}"
                : $"there is no verb '{word}'. {NearestName.Advice(word, [.. command.Subcommands.Select(static verb => verb.Name)])}");
        }

        foreach (var token in parsed.Tokens.TakeWhile(static token => token.Type != TokenType.DoubleDash))
        {
            if (token is { Type: TokenType.Argument, Value: ['-', not (>= '0' and <= '9'), ..] })
            {
                var name = token.Value.Split('=')[0];
                var near = NearestName.Among(name, command.Options.Select(static option => option.Name));
                throw new UsageException(
                    $"{origin}unknown option '{name}'{(near.Count > 0 ? $". Did you mean {string.Join(" or ", near)}?" : see)}");
            }
        }

        if (parsed.Errors.Count > 0)
        {
            var message = string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            throw new UsageException($"{origin}{message.TrimEnd('.')}{see}");
        }
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "indicators";

    private async Task<int> ShowAsync(IReadOnlyList<string> args)
    {
        var parsed = _root.Parse(args, s_parser);
        await using var text = new StringWriter { NewLine = "\n" };
        parsed.InvocationConfiguration.Output = text;
        var code = ((SynchronousCommandLineAction)parsed.Action!).Invoke(parsed);
        await _context.Target(path: null).WriteAsync(stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())), CancellationToken.None);
        return code;
    }
}
