using System.CommandLine;
using System.Globalization;
using System.Net;
using IndicatorCore.Cli.Serving;
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

    private readonly Option<string> _dataset = PublishArguments.Dataset();
    private readonly Option<bool> _publish = PublishArguments.Publish();
    private readonly Option<string[]> _windows = PublishArguments.Series();

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

        var dataset = PublishArguments.DatasetOf(parsed.GetValue(_dataset)!);
        var query = PublishArguments.QueryOf(asked, isPublic: parsed.GetValue(_publish));

        // a type of its own: the web server is loaded when this is called, and never for another verb
        return PortalHost.RunAsync(
            new PortalRun
            {
                Exports = parsed.GetValue(_exports)!,
                Query = query,
                Dataset = dataset,
                Windows = PublishArguments.WindowsOf(parsed.GetValue(_windows)!),
                Store = parsed.GetValue(_store),
                Listen = Listen(parsed.GetValue(_listen)!),
                IsQuiet = parsed.GetValue<bool>(CommonOptions.Quiet),
                IsVerbose = parsed.GetValue<bool>(CommonOptions.Verbose),
            },
            context,
            cancellationToken);
    }

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
