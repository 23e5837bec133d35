namespace IndicatorCore.Portal.Access;

/// <summary>A key in the document <c>keys</c>.</summary>
internal sealed record KeyFileEntry
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required byte[] Sha256 { get; init; }

    public required string[] Grants { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public DateOnly? LastUsed { get; init; }
}
