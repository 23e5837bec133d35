using System.CommandLine;
using System.CommandLine.Help;
using System.Text.Json;
using IndicatorCore.Cli.Verbs;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Cli.Settings;

/// <summary>
/// Options from <c>indicators.json</c> in the working directory and from <c>INDICATORS_*</c> variables. Keys are option names without
/// dashes in front (<c>on-bad</c>, INDICATORS_ON_BAD), for all verbs or in a section named for one (<c>"run": {...}</c>).
/// The command line wins over variables, variables over the file, a verb's section over the rest of the file.
/// </summary>
internal sealed class CommandSettings
{
    /// <summary>The file's name.</summary>
    public const string FileName = "indicators.json";

    /// <summary>What the variables' names begin with.</summary>
    public const string Prefix = "INDICATORS_";

    private readonly CommandContext _context;
    private readonly JsonElement? _file;

    private CommandSettings(CommandContext context, JsonElement? file)
    {
        _context = context;
        _file = file;
    }

    /// <summary>Whether there is a file, or a variable of that name: without either, reading settings adds nothing and faults nothing.</summary>
    public static bool MayExist(CommandContext context)
    {
        foreach (var name in context.Variables.Keys)
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        try
        {
            return FileStatus.Of(Path.Combine(context.WorkingDirectory, FileName)) is not null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return true;   // met again, and reported, when settings are read
        }
    }

    /// <summary>Reads the file where there is one.</summary>
    /// <exception cref="UsageException">The file is no JSON object.</exception>
    public static CommandSettings Read(CommandContext context)
    {
        var path = Path.Combine(context.WorkingDirectory, FileName);
        if (FileStatus.Of(path) is not { } found || found.Kind == FileKind.Directory)
        {
            return new CommandSettings(context, file: null);
        }

        if (found.Kind != FileKind.Regular)
        {
            throw new UsageException($"{path} is {found.Description}, not a file");   // reading it might never end
        }

        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var document = JsonDocument.Parse(ConfigurationText.Read(path), options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new CommandSettings(context, document.RootElement.Clone())
                : throw new UsageException($"{path} is no JSON object; write {{\"threads\": 4}}");
        }
        catch (IndicatorDataException problem)
        {
            throw new UsageException(problem.Message, problem);
        }
        catch (JsonException problem)
        {
            throw new UsageException($"{path} is no JSON: line {problem.LineNumber + 1}, byte {problem.BytePositionInLine}", problem);
        }
    }

    /// <summary>The options that the settings add to a command line, as words to stand before its own options.</summary>
    /// <exception cref="UsageException">A key of the file is no option.</exception>
    public IReadOnlyList<string> Tokens(ParseResult parsed, Command root)
    {
        var command = parsed.CommandResult.Command;
        CheckKeys(root, parsed.GetValue<bool>(CommonOptions.Quiet));
        var tokens = new List<string>();
        foreach (var option in OptionsOf(command))
        {
            if (parsed.GetResult(option) is null or { Implicit: true })
            {
                tokens.AddRange(Values(command, option).Select(value => $"{option.Name}={value}"));
            }
        }

        return tokens;
    }

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Where(static option => option is not (HelpOption or VersionOption));

    private static IEnumerable<Command> VerbsOf(Command root) => root.Subcommands.SelectMany(
        static command => command.Subcommands.Count == 0 ? [command] : command.Subcommands.AsEnumerable());

    private static string VariableOf(Option option) => Prefix + option.Name.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    private static string? SectionOf(Command root, string key) =>
        root.Subcommands.Any(command => command.Name == key) ? key : null;

    private IEnumerable<string> Values(Command command, Option option)
    {
        if (_context.Variables.TryGetValue(VariableOf(option), out var variable))
        {
            return option.Arity.MaximumNumberOfValues > 1 ? variable.Split(';', StringSplitOptions.RemoveEmptyEntries) : [variable];
        }

        var section = command.Parents.OfType<Command>().FirstOrDefault() is { } parent && parent is not RootCommand ? parent.Name : command.Name;
        var key = option.Name.TrimStart('-');
        if (_file is { } file)
        {
            if (file.TryGetProperty(section, out var own) && own.ValueKind == JsonValueKind.Object && own.TryGetProperty(key, out var value))
            {
                return Texts(key, value);
            }

            if (file.TryGetProperty(key, out value))
            {
                return Texts(key, value);
            }
        }

        return [];
    }

    private void CheckKeys(Command root, bool isQuiet)
    {
        var options = VerbsOf(root).SelectMany(OptionsOf).ToList();
        var known = options.Select(static option => option.Name.TrimStart('-')).Distinct().ToList();
        foreach (var member in _file is { } file ? file.EnumerateObject().ToArray() : [])
        {
            if (SectionOf(root, member.Name) is { } section && member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in member.Value.EnumerateObject())
                {
                    CheckKey(inner.Name, known, $"{FileName}, section {section}");
                }
            }
            else
            {
                CheckKey(member.Name, known, FileName);
            }
        }

        var variables = options.Select(VariableOf).Concat([ShardArguments.CountVariable, SigningArguments.PasswordVariable]).ToHashSet();
        foreach (var name in _context.Variables.Keys.Order(StringComparer.Ordinal))
        {
            if (!isQuiet && name.StartsWith(Prefix, StringComparison.Ordinal) && !variables.Contains(name))
            {
                _context.StandardError.WriteLine($"warning: the variable {name} is no option of any verb");
            }
        }
    }

    private static void CheckKey(string key, IReadOnlyCollection<string> known, string place)
    {
        if (!known.Contains(key))
        {
            throw new UsageException($"{place}: there is no option '{key}'. {NearestName.Advice(key, known)}");
        }
    }

    private static IEnumerable<string> Texts(string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Texts(key, item)),
        JsonValueKind.Object when key == "where" => value.EnumerateObject().Select(static member => $"{member.Name}={member.Value}"),
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number => [value.GetRawText()],
        JsonValueKind.True => ["true"],
        JsonValueKind.False => ["false"],
        JsonValueKind.Null => [],
        _ => throw new UsageException($"{FileName}: '{key}' must be a text, number, true, false or a list of these"),
    };
}
