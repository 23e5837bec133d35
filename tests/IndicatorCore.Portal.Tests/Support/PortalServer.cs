using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using IndicatorCore.Portal.Access;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Serving;
using IndicatorCore.Portal.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IndicatorCore.Portal.Tests.Support;

/// <summary>The portal on a Kestrel of its own at a free port of loopback, over a store in a temporary folder.</summary>
internal sealed class PortalServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PortalServer(TemporaryFolder folder, FolderStore store, WebApplication app)
    {
        (Folder, Store, _app) = (folder, store, app);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First() + "/api/v1/"), Timeout = TimeSpan.FromMinutes(2) };
    }

    public TemporaryFolder Folder { get; }

    public FolderStore Store { get; }

    public HttpClient Client { get; }

    public Publisher Publisher => _app.Services.GetRequiredService<Publisher>();

    /// <summary>What the server has logged as its own faults.</summary>
    public FaultLog Faults => _app.Services.GetRequiredService<FaultLog>();

    public static async Task<PortalServer> StartAsync(PortalRecipe? recipe = null, Action<PortalOptions>? configure = null)
    {
        var folder = new TemporaryFolder();
        var store = new FolderStore(folder.File("store"));
        await store.OpenAsync(CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder.Path, EnvironmentName = Environments.Production });
        var faults = new FaultLog();
        builder.Logging.ClearProviders().AddProvider(faults);
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(static kestrel => kestrel.Limits.MaxRequestBodySize = 1 << 20);
        builder.Services.AddSingleton(faults);
        builder.Services.AddIndicatorPortal(options =>
        {
            options.Store = store;
            if (recipe is not null)
            {
                options.Recipes.Add(recipe);
            }

            configure?.Invoke(options);
        }, static access => (access.RequestsPerSecond, access.Burst) = (100_000, 100_000));
        var app = builder.Build();
        app.MapIndicatorPortal();
        await app.StartAsync();
        return new PortalServer(folder, store, app);
    }

    /// <summary>A key with grants such as <c>read city:大连</c>.</summary>
    public async Task<string> KeyAsync(params string[] grants)
    {
        var issued = await _app.Services.GetRequiredService<AccessKeys>().AddAsync("test", [.. grants.Select(static text => Grant.TryParse(text, out var grant) ? grant : throw new FormatException(text))], expiresAt: null, CancellationToken.None);
        return issued.Token;
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? key = null, string? accept = null, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        return await Client.SendAsync(request);
    }

    public async Task<JsonNode> JsonAsync(string path, string? key = null)
    {
        using var response = await GetAsync(path, key);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<int> StatusAsync(string path, string? key = null)
    {
        using var response = await GetAsync(path, key);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Store.DisposeAsync();
        Folder.Dispose();
    }
}
