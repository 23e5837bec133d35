namespace IndicatorCore.Portal.Monitoring;

/// <summary>Where alerts are posted.</summary>
/// <param name="Address">An <c>https</c> or <c>http</c> address without a password.</param>
/// <param name="SecretVariable">The environment variable that holds the secret of the signature, or null for none.</param>
/// <param name="Timeout">How long one attempt may take.</param>
public sealed record WebhookTarget(Uri Address, string? SecretVariable, TimeSpan Timeout);
