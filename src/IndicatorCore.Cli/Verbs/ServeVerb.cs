using System.CommandLine;
using System.Globalization;
using System.Net;
using IndicatorCore.Cli.Serving;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>serve [EXPORT...]</c>: published figures over HTTP, with a dashboard.</summary>
internal sealed class ServeVerb : IVerb
{
    private const int DefaultPort = 5080;
    private readonly Argument<string[]> _exports = new("EXPORT")
    {
        Description = "Exports to publish at the start where they bring something new, as for run; none: what the store has",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly RunOptions _options = new();

    private readonly Option<string?> _store = new("--store")
    {
        Description = "Where publications are kept: a folder, or postgresql://... (default a temporary folder for as long as this runs)",
        HelpName = "DIR|URL",
    };

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "Address and port; port 0 takes a free one. Beyond loopback only once there are access keys",
        HelpName = "HOST:PORT",
        DefaultValueFactory = static _ => "127.0.0.1:5080",
    };

    private readonly Option<string> _dataset = new("--dataset")
    {
        Description = "What the figures are published as: a to z, 0 to 9, - and _",
        HelpName = "NAME",
        DefaultValueFactory = static _ => "default",
    };

    private readonly Option<bool> _publish = new("--publish") { Description = "For the public: disclosure control whatever the profile says" };

    private readonly Option<string[]> _windows = new("--series")
    {
        Description = "Calendar windows to publish beside each indicator's own: hour, shift, day, week, month, quarter, year (default month)",
        HelpName = "WINDOW[,WINDOW...]",
        DefaultValueFactory = static _ => ["month"],
    };

    public ServeVerb()
    {
        Command = new Command("serve", "Serves published figures over HTTP: a dashboard for people, endpoints for programs, uploads") { _exports };
        _options.AddTo(Command);
        Option[] options = [_store, _listen, _dataset, _windows, _publish];
        foreach (var option in options)
        {
            Command.Options.Add(option);
        }
    }

    public Command Command { get; }

    /// <summary>Requests that are being answered are answered.</summary>
    public TimeSpan Grace => TimeSpan.FromSeconds(15);

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators serve data/sample --registry data/sample/registry", "the sample at http://127.0.0.1:5080, for as long as this runs"),
        ("indicators serve exports --registry registry --store published --dataset liaoning", "kept in a folder; started again, it publishes what is new and serves all revisions"),
        ("indicators serve --registry registry --store published --dataset liaoning --listen 0.0.0.0:5080", "for others too: needs access keys, see 'indicators keys'"),
        ("indicators serve exports --registry registry --publish --by province --by city", "for the public: no group that would tell of one enterprise"),
        ("curl -T new.arrows -H 'Content-Type: application/vnd.apache.arrow.stream' -X POST http://127.0.0.1:5080/api/v1/uploads/stream", "adds an Arrow stream"),
    ];

    public Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var asked = _options.Query(parsed, context);
        if (asked.Window != Window.Default)
        {
            throw new UsageException("--window: a portal shows each indicator's own window; the calendar windows beside it are --series");
        }

        var dataset = parsed.GetValue(_dataset)!;
        if (dataset.Length > 64 || dataset.Length == 0 || !dataset.All(static character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_'))
        {
            throw new UsageException($"--dataset: '{dataset}' is no name; use 1 to 64 of a to z, 0 to 9, - and _");
        }

        var isPublic = parsed.GetValue(_publish);
        var query = isPublic ? asked with { Profile = asked.Profile with { ApplyDisclosure = true } } : asked;
        if (isPublic && query.Registry is null)
        {
            throw new UsageException("--publish needs --registry: without it nobody knows whose figures they are");
        }

        // a type of its own: the web server is loaded when this is called, and never for another verb
        return PortalHost.RunAsync(
            new PortalRun
            {
                Exports = parsed.GetValue(_exports)!,
                Query = query,
                Dataset = dataset,
                Windows = [.. parsed.GetValue(_windows)!.SelectMany(static list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal).Select(WindowOf)],
                Store = parsed.GetValue(_store),
                Listen = Listen(parsed.GetValue(_listen)!),
                IsQuiet = parsed.GetValue<bool>(CommonOptions.Quiet),
                IsVerbose = parsed.GetValue<bool>(CommonOptions.Verbose),
            },
            context,
            cancellationToken);
    }

    private static Window WindowOf(string name) => name switch
    {
        "hour" => Window.Hour,
        "shift" => Window.Shift,
        "day" => Window.Day,
        "week" => Window.Week,
        "month" => Window.Month,
        "quarter" => Window.Quarter,
        "year" => Window.Year,
        _ => throw new UsageException($"--series: there is no window '{name}'. {NearestName.Advice(name, ["hour", "shift", "day", "week", "month", "quarter", "year"])}"),
    };

    private static IPEndPoint Listen(string text)
    {
        var at = text.LastIndexOf(':');
        var host = at < 0 ? text : text[..at];
        var port = at < 0 ? DefaultPort : int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : -1;
        var address = host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" or "" => IPAddress.Any,
            _ => IPAddress.TryParse(host.Trim('[', ']'), out var parsed) ? parsed : null,
        };
        return address is not null && port is >= 0 and <= ushort.MaxValue
            ? new IPEndPoint(address, port)
            : throw new UsageException($"--listen: '{text}' is no address and port; write 127.0.0.1:5080, 0.0.0.0:5080 or [::1]:5080");
    }
}
