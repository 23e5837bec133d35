using System.CommandLine;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Verbs;

/// <summary>The option <c>--sign</c>.</summary>
internal sealed class SigningArguments
{
    /// <summary>The variable with the password of an encrypted key.</summary>
    public const string PasswordVariable = "INDICATORS_SIGN_PASSWORD";

    private readonly Option<string?> _sign = new("--sign")
    {
        Description = $"Sign the state with the private key in KEY (PEM), into FILE.sig; the password of an encrypted key is taken from {PasswordVariable}",
        HelpName = "KEY",
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_sign);

    /// <summary>Whether a key is named.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_sign) is not null;

    /// <summary>The key, or null.</summary>
    /// <exception cref="Errors.ConfigurationException">The file holds none that can be used.</exception>
    public StateKeyPair? Load(ParseResult parsed, CommandContext context) =>
        parsed.GetValue(_sign) is { } path ? StateKeyPair.Load(context.Resolve(path), context.Variables.GetValueOrDefault(PasswordVariable)) : null;
}
