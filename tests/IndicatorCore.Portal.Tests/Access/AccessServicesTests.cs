using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IndicatorCore.Portal.Access;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndicatorCore.Portal.Tests.Access;

/// <summary>Keys, policies, rates and the audit in a host with three endpoints of its own.</summary>
public sealed class AccessServicesTests : IAsyncLifetime, IDisposable
{
    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();
    private readonly AccessKeys _keys;
    private WebApplication? _app;

    public AccessServicesTests() => _keys = new AccessKeys(_store, _time);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task Without_keys_this_machine_may_do_everything_and_nobody_else_anything()
    {
        await StartAsync();
        Assert.Equal((200, 200, 200), await StatusesAsync(key: null));
        Assert.Equal((401, 401, 401), await StatusesAsync(key: null, from: "10.1.2.3"));
        Assert.Equal((200, 200, 200), await StatusesAsync(key: null, from: "::1"));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X-Real-IP", "203.0.113.9")]
    [InlineData("Host", "portal.example")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Authorization", "Basic YTpi")]
    public async Task What_is_behind_loopback_is_not_this_machine(string header, string value)
    {
        await StartAsync();
        Assert.Equal((401, 401, 401), await StatusesAsync(key: null, headers: [(header, value)]));
    }

    [Fact]
    public async Task A_page_of_the_portal_itself_is_this_machine()
    {
        await StartAsync();
        Assert.Equal((200, 200, 200), await StatusesAsync(key: null, headers: [("Origin", "http://localhost")]));
    }

    [Fact]
    public async Task Once_there_is_a_key_this_machine_needs_one_as_well_even_when_it_is_revoked()
    {
        var issued = await AddAsync("read all");
        await StartAsync();
        Assert.Equal((401, 401, 401), await StatusesAsync(key: null));
        await _keys.RevokeAsync(issued.Key.Id, default);
        Assert.Equal((401, 401, 401), await StatusesAsync(key: null));
    }

    [Theory]
    [InlineData("read factory:F001", 200, 403, 403)]
    [InlineData("read all", 200, 403, 403)]
    [InlineData("upload all", 403, 200, 403)]
    [InlineData("read city:大连;upload all", 200, 200, 403)]
    [InlineData("read all;upload all", 200, 200, 200)]
    public async Task Policies_follow_the_grants(string grants, int read, int upload, int admin)
    {
        var issued = await AddAsync(grants.Split(';'));
        await StartAsync();
        Assert.Equal((read, upload, admin), await StatusesAsync(issued.Token, from: "10.1.2.3"));
        Assert.Equal((read, upload, admin), await StatusesAsync(issued.Token));
    }

    [Fact]
    public async Task Refusals_say_why_and_show_no_secret()
    {
        var issued = await AddAsync("read factory:F001");
        var guest = await _keys.AddAsync("guest", [new(PlaceScope.All, GrantKind.Read)], _time.GetUtcNow().AddHours(1), default);
        await StartAsync();
        await RefusedAsync(await SendAsync("/read", key: null), 401, "An access key is needed", "Bearer realm=\"indicators\"");
        await RefusedAsync(await SendAsync("/read", "ic_wrong"), 401, "unknown", "error=\"invalid_token\"");
        await RefusedAsync(await SendAsync("/upload", issued.Token), 403, "do not reach", authenticate: null);
        _time.Advance(TimeSpan.FromHours(1));
        await RefusedAsync(await SendAsync("/read", guest.Token), 401, "expired", "error=\"invalid_token\"");
        await _keys.RevokeAsync(issued.Key.Id, default);
        _time.Advance(AccessKeys.Freshness);
        await RefusedAsync(await SendAsync("/read", issued.Token), 401, "revoked", "error=\"invalid_token\"");

        static async Task RefusedAsync(HttpResponseMessage answer, int status, string detail, string? authenticate)
        {
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.True(answer.Headers.CacheControl?.NoStore);
            Assert.Contains(authenticate ?? string.Empty, answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
            Assert.Contains(detail, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_that_asks_too_often_waits_and_others_do_not()
    {
        var greedy = await AddAsync("read all");
        var modest = await AddAsync("read all");
        await StartAsync(configure: static options => (options.RequestsPerSecond, options.Burst) = (1, 3));
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            using var answer = await SendAsync("/read", greedy.Token);
            statuses.Add((int)answer.StatusCode);
            Assert.Equal(answer.StatusCode == HttpStatusCode.TooManyRequests, answer.Headers.RetryAfter is not null);
        }

        Assert.Equal([200, 200, 200, 429, 429], statuses);
        using var other = await SendAsync("/read", modest.Token);
        Assert.Equal(200, (int)other.StatusCode);
    }

    [Fact]
    public async Task Everything_that_is_asked_is_in_the_audit_log_when_the_host_has_stopped()
    {
        var issued = await AddAsync("read city:大连");
        await StartAsync();
        await SendAsync("/read?group=city:大连", issued.Token, from: "10.1.2.3");
        await SendAsync($"/read?key={issued.Token}", key: null);
        await SendAsync("/upload", issued.Token);
        await SendAsync("/fault", issued.Token);
        await SendAsync("/open", issued.Token);
        await SendAsync("/missing", issued.Token);
        await _app!.StopAsync();

        var lines = _store.Logs["audit"].Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([("/read", 200), ("/read", 401), ("/upload", 403), ("/fault", 500)], lines.Select(static line => (line.GetProperty("path").GetString()!, line.GetProperty("status").GetInt32())));
        Assert.Equal(issued.Key.Id, lines[0].GetProperty("who").GetString());
        Assert.Equal("tests", lines[0].GetProperty("name").GetString());
        Assert.Equal("10.1.2.3", lines[0].GetProperty("from").GetString());
        Assert.Equal("?group=city:大连", lines[0].GetProperty("query").GetString());
        Assert.Equal("read city:大连", lines[0].GetProperty("grants")[0].GetString());
        Assert.Equal("anonymous", lines[1].GetProperty("who").GetString());
        Assert.Equal($"?key=ic_{issued.Key.Id}_...", lines[1].GetProperty("query").GetString());
        Assert.DoesNotContain(_store.Logs["audit"], line => Encoding.UTF8.GetString(line.Span).Contains(issued.Token[14..], StringComparison.Ordinal));
        Assert.Equal(new DateOnly(2026, 3, 1), Assert.Single(await _keys.ListAsync(default)).LastUsed);
    }

    [Fact]
    public async Task A_store_that_takes_no_lines_for_a_while_gets_them_later_and_requests_do_not_wait()
    {
        var issued = await AddAsync("read all");
        await StartAsync();
        using (await SendAsync("/read", issued.Token))
        {
        }

        _store.Fault = new IOException("away");
        for (var i = 0; i < 150; i++)
        {
            using var answer = await SendAsync("/read", issued.Token);
            Assert.Equal(200, (int)answer.StatusCode);
        }

        _store.Fault = null;
        await _app!.StopAsync();
        Assert.Equal(151, _store.Logs["audit"].Count);
        Assert.InRange(_store.Appends, 1, 20);
    }

    [Fact]
    public async Task A_host_plugs_in_its_own_scheme_by_adding_the_claims()
    {
        await StartAsync(
            configure: static options =>
            {
                options.Schemes.Clear();
                options.Schemes.Add("Own");
            },
            services: static services => services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, OwnScheme>("Own", configureOptions: null));
        Assert.Equal((401, 401, 401), await StatusesAsync(key: null));
        Assert.Equal((200, 403, 403), await StatusesAsync(key: null, headers: [("X-Own", "read city:大连")]));
        Assert.Equal((403, 200, 403), await StatusesAsync(key: null, headers: [("X-Own", "upload all")]));
        Assert.Equal((403, 403, 403), await StatusesAsync(key: null, headers: [("X-Own", "rule the world")]));
        using var answer = await SendAsync("/read", key: null, headers: [("X-Own", "read city:大连")]);
        Assert.Equal("city:大连", await answer.Content.ReadAsStringAsync());
    }

    private Task<IssuedKey> AddAsync(params string[] grants) => _keys.AddAsync(
        "tests", [.. grants.Select(static text => Grant.TryParse(text, out var grant) ? grant : throw new ArgumentException(text))], expiresAt: null, default);

    private async Task StartAsync(Action<PortalAccessOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IPortalStore>(_store);
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddIndicatorAccess(configure);
        services?.Invoke(builder.Services);
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["X-Test-From"].ToString() is { Length: > 0 } from ? from : "127.0.0.1");
            return next(context);
        });
        _app.UseExceptionHandler();
        _app.UseRouting();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapGet("/read", static (HttpContext context) => string.Join(' ', PortalCaller.Of(context.User).ReadScopes?.Select(Grant.TextOf) ?? ["all"]))
            .RequireIndicatorAccess(PortalAccess.ReadPolicy);
        _app.MapGet("/upload", static () => "uploaded").RequireIndicatorAccess(PortalAccess.UploadPolicy);
        _app.MapGet("/admin", static () => "ruled").RequireIndicatorAccess(PortalAccess.AdminPolicy);
        _app.MapGet("/fault", static string () => throw new InvalidOperationException("a fault")).RequireIndicatorAccess(PortalAccess.ReadPolicy);
        _app.MapGet("/open", static () => "open");
        await _app.StartAsync();
    }

    private async Task<(int Read, int Upload, int Admin)> StatusesAsync(string? key, string? from = null, (string Name, string Value)[]? headers = null)
    {
        var statuses = new List<int>();
        foreach (var path in new[] { "/read", "/upload", "/admin" })
        {
            using var answer = await SendAsync(path, key, from, headers);
            statuses.Add((int)answer.StatusCode);
        }

        return (statuses[0], statuses[1], statuses[2]);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string? key, string? from = null, (string Name, string Value)[]? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (from is not null)
        {
            request.Headers.Add("X-Test-From", from);
        }

        foreach (var (name, value) in headers ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var client = _app!.GetTestClient();
        return await client.SendAsync(request);
    }

    private sealed class OwnScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-Own"].ToString() is not { Length: > 0 } grant)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity([new(ClaimTypes.Name, "somebody"), new(PortalAccess.GrantClaim, grant)], "Own");
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
