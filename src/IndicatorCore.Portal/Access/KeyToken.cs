using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace IndicatorCore.Portal.Access;

/// <summary>
/// The text of a key: <c>ic_ID_SECRET</c>. The prefix lets scanners of leaked secrets recognise it. The secret is 256 random bits, so a plain SHA-256 at rest is
/// right: slow hashes make guessing dear where secrets can be guessed, as passwords can; here there is nothing to guess, and every request pays for the hash.
/// </summary>
internal static class KeyToken
{
    public const string Prefix = "ic_";
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int IdLength = 10;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const int Length = 3 + IdLength + 1 + SecretLength;

    public static (string Id, string Token, byte[] Hash) Make()
    {
        var id = RandomNumberGenerator.GetString(IdAlphabet, IdLength);
        Span<byte> secret = stackalloc byte[SecretBytes];
        RandomNumberGenerator.Fill(secret);
        var token = $"{Prefix}{id}_{Base64Url.EncodeToString(secret)}";
        var hash = SHA256.HashData(secret);
        CryptographicOperations.ZeroMemory(secret);
        return (id, token, hash);
    }

    /// <summary>The id and the hash of the secret, where the text has the form of a key.</summary>
    public static bool TryRead(ReadOnlySpan<char> token, Span<byte> hash, out string id)
    {
        id = string.Empty;
        if (token.Length != Length || !token.StartsWith(Prefix, StringComparison.Ordinal) || token[Prefix.Length + IdLength] != '_')
        {
            return false;
        }

        // the last character has two bits to spare: one text a secret
        var text = token[(Prefix.Length + IdLength + 1)..];
        Span<byte> secret = stackalloc byte[SecretBytes + 3];
        Span<char> again = stackalloc char[SecretLength];
        if (Base64Url.DecodeFromChars(text, secret, out _, out var count) != OperationStatus.Done || count != SecretBytes
            || !Base64Url.TryEncodeToChars(secret[..SecretBytes], again, out _) || !text.SequenceEqual(again))
        {
            return false;
        }

        SHA256.HashData(secret[..SecretBytes], hash);
        CryptographicOperations.ZeroMemory(secret);
        id = token.Slice(Prefix.Length, IdLength).ToString();
        return true;
    }
}
