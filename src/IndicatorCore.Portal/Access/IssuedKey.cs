namespace IndicatorCore.Portal.Access;

/// <summary>A key that was just made: the one time its token can be seen.</summary>
/// <param name="Key">The key as it is kept.</param>
/// <param name="Token">What its owner sends: <c>ic_</c>, the id, <c>_</c> and the secret.</param>
public sealed record IssuedKey(AccessKey Key, string Token)
{
    /// <summary>Without the token: a log that prints the record shows no secret.</summary>
    public override string ToString() => $"{Key.Id} ({Key.Name})";
}
