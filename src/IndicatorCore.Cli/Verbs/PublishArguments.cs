using System.CommandLine;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Verbs;

/// <summary>What is published, and as what: options of the verbs that publish.</summary>
internal static class PublishArguments
{
    private static readonly string[] s_windows = ["hour", "shift", "day", "week", "month", "quarter", "year"];

    /// <summary><c>--dataset</c>.</summary>
    public static Option<string> Dataset() => new("--dataset")
    {
        Description = "What the figures are published as: a to z, 0 to 9, - and _",
        HelpName = "NAME",
        DefaultValueFactory = static _ => "default",
    };

    /// <summary><c>--publish</c>.</summary>
    public static Option<bool> Publish() => new("--publish") { Description = "For the public: disclosure control whatever the profile says" };

    /// <summary><c>--series</c>.</summary>
    public static Option<string[]> Series() => new("--series")
    {
        Description = "Calendar windows to publish beside each indicator's own: hour, shift, day, week, month, quarter, year (default month)",
        HelpName = "WINDOW[,WINDOW...]",
        DefaultValueFactory = static _ => ["month"],
    };

    /// <summary>A dataset's name.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static string DatasetOf(string name) =>
        name.Length is > 0 and <= 64 && name.All(static character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_')
            ? name
            : throw new UsageException($"--dataset: '{name}' is no name; use 1 to 64 of a to z, 0 to 9, - and _");

    /// <summary>The query, with disclosure control where it is for the public.</summary>
    /// <exception cref="UsageException">Nobody knows whose figures they are.</exception>
    public static IndicatorQuery QueryOf(IndicatorQuery asked, bool isPublic) =>
        !isPublic ? asked
        : asked.Registry is null ? throw new UsageException("--publish needs --registry: without it nobody knows whose figures they are")
        : asked with { Profile = asked.Profile with { ApplyDisclosure = true } };

    /// <summary>The windows that lists name.</summary>
    /// <exception cref="UsageException">There is no such window.</exception>
    public static IReadOnlyList<Window> WindowsOf(IEnumerable<string> lists) =>
        [.. lists.SelectMany(static list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal).Select(WindowOf)];

    private static Window WindowOf(string name) => name switch
    {
        "hour" => Window.Hour,
        "shift" => Window.Shift,
        "day" => Window.Day,
        "week" => Window.Week,
        "month" => Window.Month,
        "quarter" => Window.Quarter,
        "year" => Window.Year,
        _ => throw new UsageException($"--series: there is no window '{name}'. {NearestName.Advice(name, s_windows)}"),
    };
}
