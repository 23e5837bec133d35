using System.CommandLine;

namespace IndicatorCore.Cli.Verbs;

/// <summary><c>keys revoke ID</c>: an access key is refused from now on.</summary>
internal sealed class KeysRevokeVerb : IVerb
{
    private readonly Argument<string> _id = new("ID") { Description = "The key's id: what follows ic_, as keys list shows it" };
    private readonly Option<string?> _store = StoreArguments.Store();
    private readonly Option<string> _format = CommonOptions.Format("text", "json");

    public KeysRevokeVerb() => Command = new Command("revoke", "Revokes an access key: every server of the store refuses it within a second")
    {
        _id, _store, _format,
    };

    public (string Name, string Description)? Parent => KeyArguments.Parent;

    public Command Command { get; }

    public IReadOnlyList<(string Line, string Meaning)> Examples => [("indicators keys revoke mz4k2qafwd --store portal", "somebody left, or a key leaked")];

    public async Task<int> InvokeAsync(ParseResult parsed, CommandContext context, CancellationToken cancellationToken)
    {
        var id = parsed.GetValue(_id)!;
        var key = await KeyArguments.WithKeysAsync(parsed.GetValue(_store), context, keys => keys.RevokeAsync(id, cancellationToken), cancellationToken)
            ?? throw new UsageException($"there is no key '{id}'; 'indicators keys list' shows the ids");
        await KeyArguments.WriteAsync(
            parsed.GetValue(_format),
            context,
            output => KeyArguments.WriteTable(output, [key], context),
            json => KeyArguments.WriteJson(json, key, KeyArguments.State(key, context), token: null),
            cancellationToken);
        return ExitCode.Done;
    }
}
