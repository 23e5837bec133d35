using System.CommandLine;
using System.CommandLine.Completions;
using IndicatorCore.Indicators;
using IndicatorCore.Programmes;

namespace IndicatorCore.Cli;

/// <summary>What may stand at the cursor, for shells that ask: options and choices know theirs, and these know ours. Added only when a shell asks.</summary>
internal static class Completions
{
    private static readonly string[] s_keys =
    [
        "province", "city", "district", "park", "zone", "industry", "class", "operator", "enterprise", "factory", "workshop", "line", "product", "device",
    ];

    /// <summary>Whether a command line is a shell's question, such as <c>[suggest:12]</c>.</summary>
    public static bool AreAsked(IReadOnlyList<string> args) => args.Count > 0 && args[0].StartsWith("[suggest", StringComparison.Ordinal);

    /// <summary>Adds what options and arguments of our own may hold.</summary>
    public static void AddTo(Command command, IReadOnlyList<IndicatorDescription> catalog)
    {
        foreach (var option in command.Options)
        {
            Func<CompletionContext, IEnumerable<CompletionItem>>? source = option.Name switch
            {
                "--select" => context => Listed(context, catalog.SelectMany(static indicator => indicator.Parts.Prepend(indicator.Id))),
                "--by" => static context => Listed(context, s_keys),
                "--where" => static _ => s_keys.Select(static key => new CompletionItem($"{key}=")),
                "--profile" => static _ => [new CompletionItem("cn-nr-a"), new CompletionItem("test-no-floor")],
                "--tz" => static _ => TimeZoneInfo.GetSystemTimeZones().Select(static zone => new CompletionItem(zone.Id)),
                _ => null,
            };
            if (source is not null)
            {
                option.CompletionSources.Add(source);
            }
        }

        foreach (var argument in command.Arguments)
        {
            switch (argument.Name)
            {
                case "ID":
                    argument.CompletionSources.Add(_ => catalog.Select(static indicator => new CompletionItem(indicator.Id)));
                    break;
                case "PROGRAMME":
                    argument.CompletionSources.Add(static _ => ProgrammeCatalog.All.Select(static programme => new CompletionItem(programme.Id)));
                    break;
                default:
                    break;
            }
        }

        foreach (var verb in command.Subcommands)
        {
            AddTo(verb, catalog);
        }
    }

    // the last of a list that commas part; what comes before it stays
    private static IEnumerable<CompletionItem> Listed(CompletionContext context, IEnumerable<string> known)
    {
        var word = context.WordToComplete;
        var before = word[..(word.LastIndexOf(',') + 1)];
        return known.Select(name => new CompletionItem(before + name));
    }
}
