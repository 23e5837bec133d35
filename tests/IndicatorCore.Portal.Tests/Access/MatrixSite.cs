using System.Net;
using System.Net.Http.Headers;
using System.Text;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Access;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Serving;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IndicatorCore.Portal.Tests.Access;

/// <summary>A portal of the sample export in two revisions, and one key a role; asked from beyond loopback.</summary>
public abstract class MatrixSite : IAsyncLifetime
{
    public const string Dataset = "sample";
    private readonly ManualTime _time = new();
    private readonly Dictionary<Role, string> _keys = [];
    private WebApplication? _app;
    private IPortalStore? _store;

    public IServiceProvider Services => _app!.Services;

    /// <summary>The places of the sample, by factory.</summary>
    public IReadOnlyDictionary<string, Place> Places { get; private set; } = new Dictionary<string, Place>();

    /// <summary>Whether there is a site; where there is none the tests skip.</summary>
    public bool IsHere => _app is not null;

    public static string Repository { get; } = FindRepository();

    public async Task InitializeAsync()
    {
        if (NewStore() is not { } store)
        {
            return;
        }

        _store = store;
        await store.OpenAsync(default);
        var sample = Path.Combine(Repository, "data", "sample");
        var recipe = new PortalRecipe
        {
            Dataset = Dataset,
            Query = new IndicatorQuery { Registry = RegistryReader.Read(Path.Combine(sample, "registry")) },
            Levels = ["province", "city", "factory", "factory,line", "industry"],
        };
        var publisher = new Publisher(store, _time);
        string[] late = ["connectivity-0002.arrow", "energy-0002.arrow"];
        var files = Directory.GetFiles(sample, "*.arrow");
        await publisher.PublishAsync(recipe, (engine, token) => engine.ReadAsync([.. files.Where(file => !late.Contains(Path.GetFileName(file)))], token), default);
        await publisher.PublishAsync(recipe, (engine, token) => engine.ReadAsync(files, token), default);
        Places = (await store.PlacesAsync(Dataset, 2, default)).ToDictionary(static place => place.Factory);
        await store.AppendAsync("alerts", [Alert("{\"factory\":\"F002\"}"), Alert("{\"factory\":\"F001\"}"), Alert("{\"province\":\"辽宁\"}"), Alert("null")], default);
        await AddKeysAsync(store);
        await StartAsync(store, recipe);

        static ReadOnlyMemory<byte> Alert(string group) => Encoding.UTF8.GetBytes($"{{\"at\":\"2026-01-01T00:00:00Z\",\"rule\":\"r\",\"kind\":\"threshold\",\"dataset\":\"sample\",\"revision\":2,\"indicator\":\"knr\",\"group\":{group},\"text\":\"t\"}}");
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        Clean();
    }

    /// <summary>Asks as a role.</summary>
    public async Task<HttpResponseMessage> SendAsync(Role role, HttpMethod method, string path, string? accept = null, string? known = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (_keys.TryGetValue(role, out var key))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        if (method == HttpMethod.Post)
        {
            request.Content = new ByteArrayContent("no Arrow"u8.ToArray()) { Headers = { ContentType = new("application/vnd.apache.arrow.stream") } };
        }

        using var client = _app!.GetTestClient();
        return await client.SendAsync(request);
    }

    /// <summary>Makes the store, or null where it cannot be.</summary>
    protected abstract IPortalStore? NewStore();

    /// <summary>Removes what the store leaves.</summary>
    protected virtual void Clean()
    {
    }

    private async Task AddKeysAsync(IPortalStore store)
    {
        using var keys = new AccessKeys(store, _time);
        await AddAsync(Role.Factory, "read:factory:F002");
        await AddAsync(Role.City, "read:city:大连");
        await AddAsync(Role.ForeignCity, "read:city:沈阳");
        await AddAsync(Role.Province, "read:province:辽宁");
        await AddAsync(Role.ForeignProvince, "read:province:吉林");
        await AddAsync(Role.All, "read:all");
        await AddAsync(Role.Upload, "upload:all");
        await AddAsync(Role.Admin, "read:all", "upload:all");
        _keys[Role.Wrong] = _keys[Role.Admin][..14] + _keys[Role.All][14..];
        await AddAsync(Role.Revoked, "read:all", "upload:all");
        await keys.RevokeAsync(_keys[Role.Revoked][3..13], default);
        var expired = await keys.AddAsync("expired", Grants("read:all", "upload:all"), _time.GetUtcNow().AddMinutes(1), default);
        _keys[Role.Expired] = expired.Token;
        _time.Advance(TimeSpan.FromMinutes(1));

        async Task AddAsync(Role role, params string[] grants) => _keys[role] = (await keys.AddAsync($"{role}", Grants(grants), expiresAt: null, default)).Token;

        static Grant[] Grants(params string[] texts) => [.. texts.Select(static text => Grant.TryParse(text, out var grant) ? grant : throw new ArgumentException(text))];
    }

    private async Task StartAsync(IPortalStore store, PortalRecipe recipe)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddIndicatorPortal(
            options =>
            {
                options.Store = store;
                options.Recipes.Add(recipe);
            },
            static access => (access.RequestsPerSecond, access.Burst) = (100_000, 100_000));
        _app = builder.Build();
        _app.Use(static (context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse("10.1.2.3");
            return next(context);
        });
        _app.MapIndicatorPortal();
        await _app.StartAsync();
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IndicatorCore.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return folder;
    }
}
