namespace IndicatorCore.Portal.Access;

/// <summary>An access key as it is kept: its secret is not, only the hash of it.</summary>
public sealed record AccessKey
{
    /// <summary>The public part of the key: 10 of a to z and 2 to 7, after <c>ic_</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Name { get; init; }

    /// <summary>What it allows.</summary>
    public required IReadOnlyList<Grant> Grants { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is refused; null = never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null = it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The day (UTC) on which it was last accepted, written within a minute; null = never.</summary>
    public DateOnly? LastUsed { get; init; }

    /// <summary>SHA-256 of the secret's bytes.</summary>
    internal byte[] Hash { get; init; } = [];

    /// <summary>What becomes of who shows this key now.</summary>
    /// <param name="now">The time.</param>
    public KeyOutcome OutcomeAt(DateTimeOffset now) =>
        RevokedAt is not null ? KeyOutcome.Revoked
        : ExpiresAt is { } end && now >= end ? KeyOutcome.Expired
        : KeyOutcome.Accepted;
}
