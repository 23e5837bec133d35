using System.Text.Json;
using IndicatorCore.Portal.Access;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Cli;

public sealed class KeysVerbsTests : IDisposable
{
    private readonly CommandLine _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task A_key_is_made_listed_and_revoked()
    {
        Assert.Equal(0, await _command.InvokeAsync("keys", "add", "--name", "大连市工信局", "--grant", "read:city:大连", "--grant", "upload:all", "--expires", "90d", "--store", "portal", "--format", "json"));
        var made = JsonDocument.Parse(_command.Out).RootElement;
        var token = made.GetProperty("key").GetString()!;
        var id = made.GetProperty("id").GetString()!;
        Assert.Equal("2026-05-30T08:00:00Z", made.GetProperty("expires_at").GetString());
        Assert.Equal(["read city:大连", "upload all"], made.GetProperty("grants").EnumerateArray().Select(static grant => grant.GetString()!));
        Assert.Contains("shown this once", _command.Error, StringComparison.Ordinal);

        await using (var store = new FolderStore(_command.Folder.File("portal")))
        {
            await store.OpenAsync(default);
            using var keys = new AccessKeys(store, _command.Time);
            Assert.Equal(KeyOutcome.Accepted, (await keys.CheckAsync(token, default)).Outcome);
        }

        Assert.Equal(0, await _command.InvokeAsync("keys", "list", "--store", "portal"));
        Assert.Contains("大连市工信局", _command.Out, StringComparison.Ordinal);
        Assert.Contains("valid", _command.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(token[14..], _command.Out, StringComparison.Ordinal);
        _command.Time.Advance(TimeSpan.FromDays(90));
        _command.Variables["INDICATORS_STORE"] = "portal";
        Assert.Equal(0, await _command.InvokeAsync("keys", "list", "--format", "json"));
        Assert.Equal("expired", JsonDocument.Parse(_command.Out).RootElement.GetProperty("keys")[0].GetProperty("state").GetString());
        Assert.DoesNotContain(token[14..], _command.Out, StringComparison.Ordinal);

        Assert.Equal(0, await _command.InvokeAsync("keys", "revoke", id));
        Assert.Contains("revoked", _command.Out, StringComparison.Ordinal);
        Assert.Equal(2, await _command.InvokeAsync("keys", "revoke", "nobody"));
        Assert.Contains("there is no key 'nobody'", _command.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90d", "2026-05-30T08:00:00Z")]
    [InlineData("12h", "2026-03-01T20:00:00Z")]
    [InlineData("2027-01-01", "2026-12-31T16:00:00Z")]
    [InlineData("2027-01-01T08:30:00+08:00", "2027-01-01T00:30:00Z")]
    [InlineData("2027-01-01T08:30:00Z", "2027-01-01T08:30:00Z")]
    public async Task An_expiry_is_a_span_a_date_or_an_instant(string text, string expected)
    {
        Assert.Equal(0, await _command.InvokeAsync("keys", "add", "--name", "a", "--grant", "read:all", "--expires", text, "--store", "portal", "--format", "json"));
        Assert.Equal(expected, JsonDocument.Parse(_command.Out).RootElement.GetProperty("expires_at").GetString());
    }

    [Theory]
    [InlineData("'--name' is required", "--grant read:all --store s")]
    [InlineData("'--grant' is required", "--name a --store s")]
    [InlineData("--store is needed", "--name a --grant read:all")]
    [InlineData("'read:everything' is no grant", "--name a --grant read:everything --store s")]
    [InlineData("write upload:all", "--name a --grant upload:city:大连 --store s")]
    [InlineData("'soon' is neither a span", "--name a --grant read:all --expires soon --store s")]
    [InlineData("expired already", "--name a --grant read:all --expires 2020-01-01 --store s")]
    [InlineData("has a parameter 'colour'", "--name a --grant read:all --store postgresql://ic:hunter2@127.0.0.1/ic?colour=red")]
    [InlineData("sslmode of the database's address cannot be 'maybe'", "--name a --grant read:all --store postgresql://ic:hunter2@127.0.0.1/ic?sslmode=maybe")]
    public async Task What_makes_no_sense_is_a_usage_error_without_secrets(string message, string line)
    {
        Assert.Equal(2, await _command.InvokeAsync(["keys", "add", .. line.Split(' ')]));
        Assert.Contains(message, _command.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", _command.Error, StringComparison.Ordinal);
        Assert.Empty(_command.Out);
    }

    [Fact]
    public async Task Help_has_examples()
    {
        foreach (var verb in new[] { "add", "list", "revoke" })
        {
            Assert.Equal(0, await _command.InvokeAsync("keys", verb, "--help"));
            Assert.Contains("Examples:\n", _command.Out, StringComparison.Ordinal);
        }

        Assert.Equal(0, await _command.InvokeAsync("keys", "--help"));
        Assert.Contains("revoke", _command.Out, StringComparison.Ordinal);
    }
}
