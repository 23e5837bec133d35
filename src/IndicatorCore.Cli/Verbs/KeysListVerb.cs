using System.CommandLine;
using IndicatorCore.Portal.Access;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>keys list</c>: the access keys of a store, without their secrets.</summary>
internal sealed class KeysListVerb : IVerb
{
    private readonly Option<string?> _store = StoreArguments.Store();
    private readonly Option<string> _format = CommonOptions.Format("text", "json");

    public KeysListVerb() => Command = new Command("list", "Lists the access keys, those that expired or were revoked included; nobody can see their secrets")
    {
        _store, _format,
    };

    public (string Name, string Description)? Parent => KeyArguments.Parent;

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples =>
    [
        ("indicators keys list --store portal", "who may do what, until when, and when it was last used"),
        ("INDICATORS_STORE=postgresql://ic:secret@db/ic indicators keys list --format json", "for a program"),
    ];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var keys = await KeyArguments.WithKeysAsync<IReadOnlyList<AccessKey>>(
            parsed.GetValue(_store), context, async keys => await keys.ListAsync(cancellationToken), cancellationToken);
        await KeyArguments.WriteAsync(
            parsed.GetValue(_format),
            context,
            output => KeyArguments.WriteTable(output, keys, context),
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("keys");
                foreach (var key in keys)
                {
                    KeyArguments.WriteJson(json, key, KeyArguments.State(key, context), token: null);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            },
            cancellationToken);
        return ExitCode.Done;
    }
}
