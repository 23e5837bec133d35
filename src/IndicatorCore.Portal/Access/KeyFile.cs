using System.Text.Json;

namespace IndicatorCore.Portal.Access;

/// <summary>The document <c>keys</c> of a store, as JSON.</summary>
internal static class KeyFile
{
    private const int Version = 1;

    public static byte[] Write(IReadOnlyList<AccessKey> keys) => JsonSerializer.SerializeToUtf8Bytes(
        new KeyFileContent(Version, [.. keys.Select(static key => new KeyFileEntry
        {
            Id = key.Id,
            Name = key.Name,
            Sha256 = key.Hash,
            Grants = [.. key.Grants.Select(static grant => grant.ToString())],
            CreatedAt = key.CreatedAt,
            ExpiresAt = key.ExpiresAt,
            RevokedAt = key.RevokedAt,
            LastUsed = key.LastUsed,
        })]),
        KeyFileJson.Default.KeyFileContent);

    /// <summary>The keys of a document.</summary>
    /// <exception cref="InvalidDataException">The document is not what <see cref="Write"/> writes: nobody is let in by guesses.</exception>
    public static IReadOnlyList<AccessKey> Read(ReadOnlySpan<byte> content)
    {
        try
        {
            var file = JsonSerializer.Deserialize(content, KeyFileJson.Default.KeyFileContent);
            if (file is not { Version: Version, Keys: not null })
            {
                throw new InvalidDataException("The access keys of the store are of another version of this program.");
            }

            return [.. file.Keys.Select(Read)];
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException("The access keys of the store cannot be read: they are no JSON of this program.", problem);
        }
    }

    private static AccessKey Read(KeyFileEntry entry) => new()
    {
        Id = entry.Id,
        Name = entry.Name,
        Hash = entry.Sha256 is { Length: 32 } ? entry.Sha256 : throw new InvalidDataException($"The access key {entry.Id} of the store has no hash of 32 bytes."),
        Grants = [.. entry.Grants.Select(text => Grant.TryParse(text, out var grant)
            ? grant
            : throw new InvalidDataException($"The access key {entry.Id} of the store has a grant that this program does not know: '{text}'."))],
        CreatedAt = entry.CreatedAt,
        ExpiresAt = entry.ExpiresAt,
        RevokedAt = entry.RevokedAt,
        LastUsed = entry.LastUsed,
    };
}
