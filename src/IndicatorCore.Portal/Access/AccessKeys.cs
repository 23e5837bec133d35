using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Access;

/// <summary>
/// The access keys of a store. What another process changes (<c>indicators keys revoke</c>) holds here within <see cref="Freshness"/>; what this object changes holds at once.
/// All members may be called from many threads.
/// </summary>
public sealed class AccessKeys : IDisposable
{
    private const string Document = "keys";
    private const int LongestName = 100;
    private const int Attempts = 32;
    private static readonly byte[] s_nobody = new byte[SHA256.HashSizeInBytes];

    private readonly IPortalStore _store;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _reading = new(1);
    private readonly ConcurrentDictionary<string, DateOnly> _used = new(StringComparer.Ordinal);
    private Snapshot? _snapshot;

    /// <summary>Uses a store that is open.</summary>
    /// <param name="store">Where the keys are kept.</param>
    /// <param name="time">The clock by which keys expire.</param>
    public AccessKeys(IPortalStore store, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        _store = store;
        _time = time;
    }

    /// <summary>How old the keys that a request is judged by may be: 1 second.</summary>
    public static TimeSpan Freshness { get; } = TimeSpan.FromSeconds(1);

    /// <summary>All keys, in the order in which they were made, those that no longer hold included.</summary>
    public async ValueTask<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Keys;

    /// <summary>Whether the store has a key at all, even one that no longer holds: then nobody is let in without one.</summary>
    public async ValueTask<bool> AnyAsync(CancellationToken cancellationToken) => (await CurrentAsync(cancellationToken)).Keys.Count > 0;

    /// <summary>Makes a key.</summary>
    /// <param name="name">Whose it is; 1 to 100 characters, none of them a control character.</param>
    /// <param name="grants">What it allows; at least one. Uploads are of everything alone.</param>
    /// <param name="expiresAt">From when on it is refused, or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The key with its token, which is kept nowhere.</returns>
    /// <exception cref="ArgumentException">The name or the grants are not as said above, or the time is over already.</exception>
    public async Task<IssuedKey> AddAsync(string name, IReadOnlyList<Grant> grants, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(grants);
        var now = Now();
        if (name.Length > LongestName || name.Any(char.IsControl))
        {
            throw new ArgumentException($"The name of a key has at most {LongestName} characters, none of them a control character.", nameof(name));
        }

        if (grants.Count == 0 || grants.Any(static grant => grant is { Kind: GrantKind.Upload, Scope.Kind: not PlaceKind.All }))
        {
            throw new ArgumentException("A key needs at least one grant, and what is uploaded is published for everything: write upload:all.", nameof(grants));
        }

        if (expiresAt <= now)
        {
            throw new ArgumentException("The key would have expired already.", nameof(expiresAt));
        }

        var (id, token, hash) = KeyToken.Make();
        var key = new AccessKey { Id = id, Name = name, Grants = [.. grants.Distinct()], CreatedAt = now, ExpiresAt = expiresAt?.ToUniversalTime(), Hash = hash };
        await ChangeAsync(keys => [.. keys, key], cancellationToken);
        return new IssuedKey(key, token);
    }

    /// <summary>Revokes a key. It stays in the list.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The key, or null where there is none of that id. One that was revoked before keeps its time.</returns>
    public async Task<AccessKey?> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        AccessKey? revoked = null;
        var now = Now();
        await ChangeAsync(
            keys =>
            {
                revoked = keys.FirstOrDefault(key => key.Id == id);
                if (revoked is null or { RevokedAt: not null })
                {
                    return null;
                }

                revoked = revoked with { RevokedAt = now };
                return [.. keys.Select(key => key.Id == id ? revoked : key)];
            },
            cancellationToken);
        return revoked;
    }

    /// <summary>Judges what a caller shows as a key.</summary>
    /// <param name="token">The text.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<KeyCheck> CheckAsync(string token, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(cancellationToken);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (!KeyToken.TryRead(token, hash, out var id))
        {
            return default;
        }

        // an unknown id takes as long as a wrong secret
        var key = current.ById.GetValueOrDefault(id);
        if (!CryptographicOperations.FixedTimeEquals(hash, key?.Hash ?? s_nobody) || key is null)
        {
            return default;
        }

        var now = _time.GetUtcNow();
        var outcome = key.OutcomeAt(now);
        if (outcome == KeyOutcome.Accepted)
        {
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            if (key.LastUsed is not { } last || last < today)
            {
                _used[id] = today;
            }
        }

        return new KeyCheck(outcome, key);
    }

    /// <summary>Writes down which keys were used since the last time. Nothing is written where all of it is known.</summary>
    internal async Task SaveUsesAsync(CancellationToken cancellationToken)
    {
        if (_used.IsEmpty)
        {
            return;
        }

        var used = _used.ToArray();
        await ChangeAsync(
            keys =>
            {
                var days = used.ToDictionary(StringComparer.Ordinal);
                return keys.Any(key => days.TryGetValue(key.Id, out var day) && !(key.LastUsed >= day))
                    ? [.. keys.Select(key => days.TryGetValue(key.Id, out var day) && !(key.LastUsed >= day) ? key with { LastUsed = day } : key)]
                    : null;
            },
            cancellationToken);
        foreach (var pair in used)
        {
            _used.TryRemove(pair);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    private DateTimeOffset Now()
    {
        var now = _time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }

    private async ValueTask<Snapshot> CurrentAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            return Fresh() ?? await ReadAsync(cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    private Snapshot? Fresh() => Volatile.Read(ref _snapshot) is { } known && _time.GetElapsedTime(known.ReadAt) < Freshness ? known : null;

    private async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var at = _time.GetTimestamp();
        var document = await _store.ReadDocumentAsync(Document, cancellationToken);
        var known = Volatile.Read(ref _snapshot);
        var made = document is null ? new Snapshot(0, [], at)
            : known?.Version == document.Version ? known with { ReadAt = at }
            : new Snapshot(document.Version, KeyFile.Read(document.Content.Span), at);
        Volatile.Write(ref _snapshot, made);
        return made;
    }

    /// <summary>Replaces the keys by what <paramref name="change"/> makes of them; null changes nothing.</summary>
    private async Task ChangeAsync(Func<IReadOnlyList<AccessKey>, IReadOnlyList<AccessKey>?> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var read = await ReadAsync(cancellationToken);
            if (change(read.Keys) is not { } changed)
            {
                return;
            }

            if (await _store.WriteDocumentAsync(Document, read.Version, KeyFile.Write(changed), cancellationToken))
            {
                await ReadAsync(cancellationToken);
                return;
            }
        }

        throw new IOException("The access keys could not be written: others wrote them all the time. Try again.");
    }

    private sealed record Snapshot(long Version, IReadOnlyList<AccessKey> Keys, long ReadAt)
    {
        public FrozenDictionary<string, AccessKey> ById { get; } = Keys.ToFrozenDictionary(static key => key.Id, StringComparer.Ordinal);
    }
}
