using System.CommandLine;
using IndicatorCore.Cli.Serving;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>watch DIR</c>: publishes exports as they come, and raises alerts.</summary>
internal sealed class WatchVerb : IVerb
{
    private readonly Argument<string> _folder = new("DIR") { Description = "The folder into which exports come: *.arrow *.feather *.arrows *.ipc, also in folders of it" };
    private readonly RunOptions _options = new();
    private readonly Option<string?> _store = StoreArguments.Store();
    private readonly Option<string> _dataset = PublishArguments.Dataset();

    private readonly Option<string?> _alerts = new("--alerts")
    {
        Description = "Rules (JSON): thresholds, silence, drift of declared figures, files that cannot be read, a webhook; see docs/PORTAL.md",
        HelpName = "FILE",
    };

    private readonly Option<string> _every = new("--every")
    {
        Description = "Time between two looks; a file is taken when it did not change from one to the next",
        HelpName = "TIME",
        DefaultValueFactory = static _ => "30s",
    };

    private readonly Option<bool> _once = new("--once") { Description = "Take what is there and end, for a scheduler" };
    private readonly Option<string[]> _windows = PublishArguments.Series();
    private readonly Option<bool> _publish = PublishArguments.Publish();

    public WatchVerb()
    {
        Command = new Command("watch", "Publishes exports as they come into a folder, and raises alerts") { _folder };
        _options.AddTo(Command);
        Option[] options = [_store, _dataset, _alerts, _every, _once, _windows, _publish];
        foreach (var option in options)
        {
            Command.Options.Add(option);
        }
    }

    public Command Command { get; }

    /// <summary>A publication that is being written is written, or given up.</summary>
    public TimeSpan Grace => TimeSpan.FromSeconds(15);

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators watch incoming --registry registry --store published --dataset liaoning", "a revision whenever exports have come; 'indicators serve' shows them"),
        ("indicators watch incoming --registry registry --store published --alerts alerts.json --every 10s", "with alerts, to the dashboard, standard error and a webhook"),
        ("indicators watch incoming --registry registry --store postgresql://ic@db/ic --once", "for a scheduler: takes what is there and ends"),
        ("indicators watch incoming --registry registry --store published --publish --by province --by city", "for the public: no group that would tell of one enterprise"),
    ];

    public Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var every = DurationText.Parse(_every.Name, parsed.GetValue(_every)!);
        if (every < TimeSpan.FromMilliseconds(10))
        {
            throw new UsageException("--every: give at least 10ms");
        }

        var folder = parsed.GetValue(_folder)!;
        if (!Directory.Exists(context.Resolve(folder)))
        {
            throw new DirectoryNotFoundException($"there is no folder '{folder}'");
        }

        var dataset = PublishArguments.DatasetOf(parsed.GetValue(_dataset)!);
        var windows = PublishArguments.WindowsOf(parsed.GetValue(_windows)!);
        var isPublic = parsed.GetValue(_publish);
        return ExportWatching.RunAsync(
            new WatchRun
            {
                Folder = folder,
                Query = Query(),
                Reload = Query,
                Settings = _options.Files(parsed, context),
                Dataset = dataset,
                Windows = windows,
                Store = parsed.GetValue(_store),
                Alerts = parsed.GetValue(_alerts),
                Every = every,
                IsOnce = parsed.GetValue(_once),
                IsQuiet = parsed.GetValue<bool>(CommonOptions.Quiet),
            },
            context,
            cancellationToken);

        IndicatorQuery Query()
        {
            var asked = _options.Query(parsed, context);
            if (asked.Window != Window.Default)
            {
                throw new UsageException("--window: a portal shows each indicator's own window; the calendar windows beside it are --series");
            }

            return asked.Dedup == DedupPolicy.Export
                ? PublishArguments.QueryOf(asked, isPublic)
                : throw new UsageException("--dedup: a watch counts each content once (export); neither rows nor none can be told apart over restarts");
        }
    }
}
