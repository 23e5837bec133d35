using System.Text;
using IndicatorCore.Portal.Access;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Access;

public sealed class AccessKeysTests : IDisposable
{
    private static readonly Grant s_readAll = new(PlaceScope.All, GrantKind.Read);
    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();
    private readonly AccessKeys _keys;

    public AccessKeysTests() => _keys = new AccessKeys(_store, _time);

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task A_key_is_known_by_its_token_and_by_nothing_near_it()
    {
        var issued = await AddAsync("portal");
        Assert.Matches("^ic_[a-z2-7]{10}_[A-Za-z0-9_-]{43}$", issued.Token);
        Assert.Equal((KeyOutcome.Accepted, issued.Key.Id), await CheckAsync(issued.Token));
        for (var i = 0; i < issued.Token.Length; i++)
        {
            var other = issued.Token.ToCharArray();
            other[i] = other[i] == 'b' ? 'c' : 'b';
            var changed = new string(other);

            Assert.Equal(KeyOutcome.Unknown, (await _keys.CheckAsync(changed, default)).Outcome);
        }

        foreach (var text in new[] { string.Empty, "ic_", issued.Token[..^1], issued.Token + "A", issued.Token + "=", issued.Key.Id, $"IC_{issued.Token[3..]}", new string('x', 57) })
        {
            Assert.Equal(default, await _keys.CheckAsync(text, default));
        }
    }

    [Fact]
    public async Task The_secret_is_kept_nowhere()
    {
        var issued = await AddAsync("portal");
        var document = await _store.ReadDocumentAsync("keys", default);
        var secret = issued.Token[14..];
        var bytes = Convert.FromBase64String(secret.Replace('-', '+').Replace('_', '/') + "=");
        var text = Encoding.UTF8.GetString(document!.Content.Span);
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(bytes), text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, issued.ToString(), StringComparison.Ordinal);
        Assert.Contains(issued.Key.Id, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_keys_share_nothing()
    {
        var issued = new List<IssuedKey>();
        for (var i = 0; i < 50; i++)
        {
            issued.Add(await AddAsync($"key {i}"));
        }

        Assert.Equal(50, issued.Select(static key => key.Key.Id).Distinct().Count());
        Assert.Equal(50, issued.Select(static key => key.Token[14..]).Distinct().Count());
        var mixed = issued[0].Token[..14] + issued[1].Token[14..];
        Assert.Equal(KeyOutcome.Unknown, (await _keys.CheckAsync(mixed, default)).Outcome);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once_and_by_other_processes_within_a_second()
    {
        using var elsewhere = new AccessKeys(_store, _time);
        var issued = await AddAsync("portal");
        Assert.Equal(KeyOutcome.Accepted, (await elsewhere.CheckAsync(issued.Token, default)).Outcome);
        var revoked = await _keys.RevokeAsync(issued.Key.Id, default);
        Assert.Equal(_time.GetUtcNow(), revoked!.RevokedAt);
        Assert.Equal(KeyOutcome.Revoked, (await _keys.CheckAsync(issued.Token, default)).Outcome);
        _time.Advance(AccessKeys.Freshness);
        Assert.Equal(KeyOutcome.Revoked, (await elsewhere.CheckAsync(issued.Token, default)).Outcome);

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(revoked.RevokedAt, (await _keys.RevokeAsync(issued.Key.Id, default))!.RevokedAt);
        Assert.Null(await _keys.RevokeAsync("nobody", default));
        Assert.True(await _keys.AnyAsync(default));
    }

    [Fact]
    public async Task A_key_holds_until_the_very_moment_it_expires()
    {
        var issued = await _keys.AddAsync("guest", [s_readAll], _time.GetUtcNow().AddDays(90), default);
        _time.Advance(TimeSpan.FromDays(90) - TimeSpan.FromTicks(1));
        Assert.Equal(KeyOutcome.Accepted, (await _keys.CheckAsync(issued.Token, default)).Outcome);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(KeyOutcome.Expired, (await _keys.CheckAsync(issued.Token, default)).Outcome);
    }

    [Fact]
    public async Task Requests_read_the_store_once_a_second_and_changes_of_others_are_seen()
    {
        using var elsewhere = new AccessKeys(_store, _time);
        Assert.False(await _keys.AnyAsync(default));
        var before = _store.DocumentReads;
        for (var i = 0; i < 100; i++)
        {
            Assert.False(await _keys.AnyAsync(default));
        }

        Assert.Equal(before, _store.DocumentReads);
        var issued = await elsewhere.AddAsync("portal", [s_readAll], expiresAt: null, default);
        _time.Advance(AccessKeys.Freshness);
        Assert.True(await _keys.AnyAsync(default));
        Assert.Equal(KeyOutcome.Accepted, (await _keys.CheckAsync(issued.Token, default)).Outcome);
    }

    [Fact]
    public async Task Keys_that_are_made_at_the_same_time_are_all_kept()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            using var keys = new AccessKeys(_store, _time);
            return await keys.AddAsync($"key {i}", [s_readAll], expiresAt: null, default);
        })));
        var kept = await _keys.ListAsync(default);
        Assert.Equal(made.Select(static key => key.Key.Id).Order(), kept.Select(static key => key.Id).Order());
    }

    [Fact]
    public async Task The_day_of_the_last_use_is_written_once()
    {
        var issued = await AddAsync("portal");
        await _keys.CheckAsync(issued.Token, default);
        await _keys.SaveUsesAsync(default);
        var version = (await _store.ReadDocumentAsync("keys", default))!.Version;
        await _keys.CheckAsync(issued.Token, default);
        await _keys.SaveUsesAsync(default);
        Assert.Equal(version, (await _store.ReadDocumentAsync("keys", default))!.Version);
        Assert.Equal(new DateOnly(2026, 3, 1), Assert.Single(await _keys.ListAsync(default)).LastUsed);
        _time.Advance(TimeSpan.FromDays(1));
        await _keys.CheckAsync(issued.Token, default);
        await _keys.SaveUsesAsync(default);
        Assert.Equal(new DateOnly(2026, 3, 2), Assert.Single(await _keys.ListAsync(default)).LastUsed);
    }

    [Fact]
    public async Task A_key_needs_a_name_a_grant_and_a_future()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => AddAsync(" "));
        await Assert.ThrowsAsync<ArgumentException>(() => AddAsync("a\nb"));
        await Assert.ThrowsAsync<ArgumentException>(() => AddAsync(new string('a', 101)));
        await Assert.ThrowsAsync<ArgumentException>(() => _keys.AddAsync("a", [], expiresAt: null, default));
        await Assert.ThrowsAsync<ArgumentException>(() => _keys.AddAsync("a", [new(new(PlaceKind.City, "大连"), GrantKind.Upload)], expiresAt: null, default));
        await Assert.ThrowsAsync<ArgumentException>(() => _keys.AddAsync("a", [s_readAll], _time.GetUtcNow(), default));
        Assert.Null(await _store.ReadDocumentAsync("keys", default));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"version\":2,\"keys\":[]}")]
    [InlineData("nothing")]
    [InlineData("{\"version\":1,\"keys\":[{\"id\":\"a\",\"name\":\"b\",\"sha256\":\"AAAA\",\"grants\":[\"read all\"],\"created_at\":\"2026-01-01T00:00:00Z\"}]}")]
    [InlineData("{\"version\":1,\"keys\":[{\"id\":\"a\",\"name\":\"b\",\"sha256\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\",\"grants\":[\"write all\"],\"created_at\":\"2026-01-01T00:00:00Z\"}]}")]
    public async Task Keys_that_cannot_be_read_let_nobody_in(string content)
    {
        await _store.WriteDocumentAsync("keys", 0, Encoding.UTF8.GetBytes(content), default);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await _keys.AnyAsync(default));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://127.7.7.7", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("https://portal.example:443", false)]
    [InlineData("http://127.0.0.1.example", false)]
    [InlineData("nonsense", false)]
    public async Task Beyond_loopback_a_key_is_needed_to_start(string url, bool isLoopback)
    {
        Assert.Equal(isLoopback, ListenGuard.IsLoopback(url));
        Assert.Equal(isLoopback ? null : url, await ListenGuard.CheckAsync([url], _keys, _time, default));
        var issued = await AddAsync("portal");
        Assert.Null(await ListenGuard.CheckAsync([url], _keys, _time, default));
        await _keys.RevokeAsync(issued.Key.Id, default);
        Assert.Equal(isLoopback ? null : url, await ListenGuard.CheckAsync([url], _keys, _time, default));
    }

    private Task<IssuedKey> AddAsync(string name) => _keys.AddAsync(name, [s_readAll], expiresAt: null, default);

    private async Task<(KeyOutcome Outcome, string? Id)> CheckAsync(string token)
    {
        var check = await _keys.CheckAsync(token, default);
        return (check.Outcome, check.Key?.Id);
    }
}
