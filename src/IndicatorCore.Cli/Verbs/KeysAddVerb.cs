using System.CommandLine;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>keys add</c>: a new access key, shown once.</summary>
internal sealed class KeysAddVerb : IVerb
{
    private readonly Option<string> _name = new("--name") { Description = "Whose key it is", HelpName = "NAME", Required = true };

    private readonly Option<string[]> _grant = new("--grant")
    {
        Description = "What it allows: read: or upload:, then all, province:NAME, city:NAME or factory:ID; several add up",
        HelpName = "GRANT",
        Required = true,
    };

    private readonly Option<string?> _expires = new("--expires") { Description = "When it ends: a span from now (90d, 12h), the beginning of a date, or an instant; never when left out", HelpName = "TIME" };
    private readonly Option<string> _zone = CommonOptions.TimeZone();
    private readonly Option<string?> _store = StoreArguments.Store();
    private readonly Option<string> _format = CommonOptions.Format("text", "json");

    public KeysAddVerb() => Command = new Command("add", "Makes an access key; its secret is shown this once and kept nowhere")
    {
        _name, _grant, _expires, _zone, _store, _format,
    };

    public (string Name, string Description)? Parent => KeyArguments.Parent;

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators keys add --name 大连市工信局 --grant read:city:大连 --expires 90d --store portal", "a city reads its factories"),
        ("indicators keys add --name collector --grant upload:all --store portal --format json | jq -r .key", "a program uploads"),
        ("indicators keys add --name admin --grant read:all --grant upload:all --store postgresql://ic@db/ic", "everything, on PostgreSQL"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var name = parsed.GetValue(_name)!;
        var grants = KeyArguments.Grants(parsed.GetValue(_grant)!);
        var expires = KeyArguments.Expiry(parsed.GetValue(_expires), CommonOptions.FindZone(parsed.GetValue(_zone)!), context.Time.GetUtcNow());
        var issued = await KeyArguments.WithKeysAsync(
            parsed.GetValue(_store),
            context,
            async keys =>
            {
                try
                {
                    return await keys.AddAsync(name, grants, expires, cancellationToken);
                }
                catch (ArgumentException problem)
                {
                    throw new UsageException(problem.Message.Split(" (Parameter", 2)[0], problem);
                }
            },
            cancellationToken);
        await KeyArguments.WriteAsync(
            parsed.GetValue(_format),
            context,
            output =>
            {
                KeyArguments.WriteTable(output, [issued.Key], context);
                output.WriteLine();
                output.WriteLine(issued.Token);
            },
            json => KeyArguments.WriteJson(json, issued.Key, KeyArguments.State(issued.Key, context), issued.Token),
            cancellationToken);
        if (!parsed.GetValue<bool>(CommonOptions.Quiet))
        {
            await context.StandardError.WriteLineAsync("the key is shown this once; it is sent as 'Authorization: Bearer ic_...'");
        }

        return ExitCode.Done;
    }
}
