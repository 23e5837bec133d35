namespace IndicatorCore.Indicators;

/// <summary>What the manifest says of a state file that was merged.</summary>
/// <param name="Name">The file.</param>
/// <param name="Digest">SHA-256 of its content as it was written, lower-case hexadecimal.</param>
/// <param name="IsReplay">Whether all that it holds was there already.</param>
/// <param name="Signer">Whose signature was verified, or null where none was asked for.</param>
/// <param name="KeyId">The key of the signature: SHA-256 of its SubjectPublicKeyInfo, or null.</param>
public sealed record ManifestState(string Name, string Digest, bool IsReplay, string? Signer, string? KeyId);
