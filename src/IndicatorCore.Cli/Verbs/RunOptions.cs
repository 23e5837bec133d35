using System.CommandLine;
using System.Globalization;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Cli.Forms;
using IndicatorCore.Cli.Output;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Sources;

namespace IndicatorCore.Cli.Verbs;

/// <summary>The options that make up a query.</summary>
internal sealed class RunOptions
{
    // in the order of their enums: the generic members of Enum are compiled at run time for each
    private static readonly string[] s_windows = ["default", "all", "hour", "shift", "day", "week", "month", "quarter", "year"];
    private static readonly string[] s_dedup = ["export", "rows", "none"];
    private static readonly string[] s_onBad = ["fail", "skip"];

    private readonly Option<string?> _registry = new("--registry")
    {
        Description = "Registry, a directory of .csv, .arrow or .xlsx tables, or one .xlsx with a sheet each: factories, lines, devices, grid_cells, zones, declared, calendar, shifts, projects, price_index ...",
        HelpName = "PATH",
    };

    private readonly Option<string?> _source = CommonOptions.Source();

    private readonly Option<string> _profile = new("--profile")
    {
        Description = "Definition profile: cn-nr-a, test-no-floor, or a JSON file",
        HelpName = "NAME|FILE",
        DefaultValueFactory = static _ => "cn-nr-a",
    };

    private readonly Option<string[]> _by = new("--by")
    {
        Description = "A level of grouping: province, city, district, park, zone, industry, class, operator, enterprise, factory, workshop, "
            + "line, product, device; keys joined by commas form one level, several --by give several levels from one pass",
        HelpName = "KEY[,KEY...]",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string> _window = new("--window")
    {
        Description = "How time is cut; default = each indicator's own window, shift = the registry's table shifts",
        HelpName = "default|all|hour|shift|day|week|month|quarter|year",
        DefaultValueFactory = static _ => "default",
    };

    private readonly Option<string?> _asOf = new("--as-of")
    {
        Description = "Reference date: a date, or an instant moved back to local midnight (default: after the last event)",
        HelpName = "INSTANT",
    };

    private readonly Option<string> _timeZone = CommonOptions.TimeZone();
    private readonly Option<string?> _from = new("--from") { Description = "Start of the span counted, inclusive", HelpName = "INSTANT" };
    private readonly Option<string?> _to = new("--to") { Description = "End of the span counted, exclusive", HelpName = "INSTANT" };

    private readonly Option<string?> _last = new("--last")
    {
        Description = "Count the last N complete local days before the reference date, instead of --from and --to",
        HelpName = "N",
    };

    private readonly Option<string[]> _select = new("--select")
    {
        Description = "Indicators to compute, with their parts (default all); see 'indicators catalog'",
        HelpName = "ID[,ID...]",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string[]> _define = CommonOptions.Define();

    private readonly Option<string?> _scoring = new("--scoring")
    {
        Description = "Scoring table (JSON): points of countable items of the zone table by their quantities, see docs/verify.md",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _where = new("--where")
    {
        Description = "Count only rows whose column or registry key has this value; several must all hold",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string> _dedup = new("--dedup")
    {
        Description = "Data seen twice: export drops replayed inputs, rows also equal rows, none nothing",
        HelpName = "export|rows|none",
        DefaultValueFactory = static _ => "export",
    };

    private readonly Option<string> _onBad = new("--on-bad")
    {
        Description = "Undecodable inputs and batches: fail, or skip and end with exit code 4",
        HelpName = "fail|skip",
        DefaultValueFactory = static _ => "fail",
    };

    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description = "Baseline phase of every line, replacing go-lives; together with --after",
        HelpName = "FROM..TO",
    };

    private readonly Option<string?> _after = new("--after") { Description = "After phase of every line", HelpName = "FROM..TO" };
    private readonly Option<string?> _threads = new("--threads") { Description = "Worker threads (default all cores)", HelpName = "N" };

    private readonly Option<string?> _memory = new("--memory")
    {
        Description = "Bytes the process may use, such as 2GB or 512MiB (default half of the memory)",
        HelpName = "SIZE",
    };

    private readonly Option<string?> _spill = new("--spill")
    {
        Description = "Where rows and points go that --memory does not hold (default a private directory of the system's temporary one)",
        HelpName = "DIR",
    };

    public RunOptions()
    {
        _window.AcceptOnlyFromAmong(s_windows);
        _dedup.AcceptOnlyFromAmong(s_dedup);
        _onBad.AcceptOnlyFromAmong(s_onBad);
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            _registry, _source, _profile, _by, _window, _asOf, _timeZone, _from, _to, _last, _select, _define, _scoring, _where, _dedup, _onBad, _baseline, _after,
            _threads, _memory, _spill,
        ];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The files and folders that the options name and the query is made of.</summary>
    public IReadOnlyList<string> Files(ParseResult parsed, CommandContext context)
    {
        string?[] named = [parsed.GetValue(_registry), parsed.GetValue(_profile), parsed.GetValue(_source), parsed.GetValue(_scoring), .. parsed.GetValue(_define)!];
        return [.. named.OfType<string>().Select(context.Resolve).Where(Path.Exists)];
    }

    /// <summary>The query that the options ask for; reads the files that they name.</summary>
    /// <exception cref="UsageException">An option's value makes no sense.</exception>
    /// <exception cref="ConfigurationException">A file named says something impossible.</exception>
    public IndicatorQuery Query(ParseResult parsed, CommandContext context) => Query(parsed, context, kept: null);

    /// <summary>The same over a state: what decided the state, and is not given, is as it was then.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="context">The process.</param>
    /// <param name="kept">What the state says of itself, or null.</param>
    /// <exception cref="UsageException">An option's value makes no sense.</exception>
    /// <exception cref="ConfigurationException">A file named says something impossible.</exception>
    public IndicatorQuery Query(ParseResult parsed, CommandContext context, StateFileInfo? kept)
    {
        var zone = CommonOptions.FindZone(!IsGiven(parsed, _timeZone) && kept?.Option("tz") is { } known ? known : parsed.GetValue(_timeZone)!);
        var baseline = Span(parsed, _baseline);
        var after = Span(parsed, _after);
        if (baseline is null != after is null)
        {
            throw new UsageException("--baseline and --after go together; give both or neither");
        }

        var last = Last(parsed.GetValue(_last));
        if (last is not null && (parsed.GetValue(_from) ?? parsed.GetValue(_to)) is not null)
        {
            throw new UsageException("--last does not go with --from or --to: both say where the span begins; give one of them");
        }

        var query = new IndicatorQuery
        {
            GroupBy = [.. parsed.GetValue(_by)!.Select(static level => string.Join(',', Items(level)))],
            Window = (Window)Array.IndexOf(s_windows, parsed.GetValue(_window)),
            AsOf = Instant(parsed, _asOf, zone),
            TimeZone = zone.Id,
            From = Bound(_from.Name, parsed.GetValue(_from)),
            To = Bound(_to.Name, parsed.GetValue(_to)),
            Last = last,
            Select = [.. parsed.GetValue(_select)!.SelectMany(Items)],
            Where = [.. parsed.GetValue(_where)!.Select(Condition)],
            Dedup = (DedupPolicy)Array.IndexOf(s_dedup, parsed.GetValue(_dedup)),
            OnBad = (OnBad)Array.IndexOf(s_onBad, parsed.GetValue(_onBad)),
            Baseline = baseline,
            After = after,
            Threads = Threads(parsed.GetValue(_threads)),
            MemoryBudget = Memory(parsed.GetValue(_memory)),
            SpillDirectory = parsed.GetValue(_spill) is { } spill ? context.Resolve(spill) : null,
        };
        query = query with
        {
            Profile = Profile(!IsGiven(parsed, _profile) && kept?.Option("profile") is { } name && DefinitionProfileReader.BuiltIn.Contains(name) ? name : parsed.GetValue(_profile)!, context),
            UserDefined = CommonOptions.Defined(parsed.GetValue(_define)!, context),
            Scoring = parsed.GetValue(_scoring) is { } scoring ? ZoneScoring.Load(context.Locate(scoring)) : null,
            Source = parsed.GetValue(_source) is { } source ? SourceProfile.Load(context.Resolve(source)) : null,
            Registry = parsed.GetValue(_registry) is { } registry ? Registry(context.Resolve(registry)) : null,
        };
        if (kept is null)
        {
            return query;
        }

        var over = kept.Over(query);
        return over with
        {
            TimeZone = query.TimeZone,
            Where = IsGiven(parsed, _where) ? query.Where : over.Where,
            Source = IsGiven(parsed, _source) ? query.Source : over.Source,
            Dedup = IsGiven(parsed, _dedup) ? query.Dedup : over.Dedup,
        };
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static IndicatorRegistry Registry(string path) =>
        RegistryWorkbook.Is(path) ? RegistryReader.Read(RegistryWorkbook.Sheets(path), path) : RegistryReader.Read(path, RegistryWorkbook.Sheets);

    private static string[] Items(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static DefinitionProfile Profile(string name, CommandContext context)
    {
        if (DefinitionProfileReader.BuiltIn.Contains(name))
        {
            return DefinitionProfileReader.Read(name);
        }

        var path = context.Resolve(name);
        return File.Exists(path)
            ? DefinitionProfileReader.Read(path)
            : throw new UsageException(
                $"--profile: '{name}' is neither a built-in profile nor a file. {NearestName.Advice(name, DefinitionProfileReader.BuiltIn)}");
    }

    private static TimeBound? Bound(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            return TimeBound.Parse(text);
        }
        catch (ConfigurationException problem)
        {
            throw new UsageException($"{option}: {problem.Message}", problem);
        }
    }

    private static DateTimeOffset? Instant(ParseResult parsed, Option<string?> option, TimeZoneInfo zone)
    {
        if (Bound(option.Name, parsed.GetValue(option)) is not { } bound)
        {
            return null;
        }

        if (bound.Instant is { } instant)
        {
            return instant;
        }

        var midnight = bound.Date!.Value.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
    }

    private static (TimeBound From, TimeBound To)? Span(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        var ends = text.Split("..");
        return ends.Length == 2
            ? (Bound(option.Name, ends[0])!.Value, Bound(option.Name, ends[1])!.Value)
            : throw new UsageException($"{option.Name}: '{text}' is no span; write {option.Name} 2023-03-01..2023-09-01 (the end is exclusive)");
    }

    private static KeyValuePair<string, string> Condition(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? KeyValuePair.Create(text[..at].Trim(), text[(at + 1)..])
            : throw new UsageException($"--where: '{text}' is no condition; write --where KEY=VALUE, such as --where factory=F001");
    }

    private static int? Threads(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads >= 1
            ? threads
            : throw new UsageException($"--threads: '{text}' is no number of threads; give 1 or more");
    }

    private static int? Last(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= IndicatorQuery.MaxLast
            ? days
            : throw new UsageException($"--last: '{text}' is no number of days; give 1 to {IndicatorQuery.MaxLast}");
    }

    private static long? Memory(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return ByteText.TryParse(text, out var bytes)
            ? bytes
            : throw new UsageException($"--memory: '{text}' is no size; write 512MiB, 2GB or a number of bytes");
    }
}
