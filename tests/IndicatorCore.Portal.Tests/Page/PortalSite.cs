using IndicatorCore.Adapters.Registry;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Access;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Serving;
using IndicatorCore.Portal.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IndicatorCore.Portal.Tests.Page;

/// <summary>A portal on a free port of loopback, with the sample province published but for one file that comes later.</summary>
public sealed class PortalSite : IAsyncLifetime, IAsyncDisposable
{
    private const string Later = "energy-0002.arrow";
    private readonly PortalRecipe _recipe = new()
    {
        Dataset = "liaoning",
        Query = new IndicatorQuery { Registry = RegistryReader.Read(Path.Combine(Sample(), "registry")) },
    };

    private FolderStore? _store;
    private WebApplication? _application;

    /// <summary>Where it listens.</summary>
    public Uri Origin { get; private set; } = new("http://127.0.0.1/");

    /// <summary>A folder for what tests write.</summary>
    public string Scratch { get; } = Directory.CreateTempSubdirectory("portal-").FullName;

    /// <summary>Starts one of a test's own.</summary>
    public static async Task<PortalSite> StartAsync()
    {
        var site = new PortalSite();
        await site.InitializeAsync();
        return site;
    }

    /// <summary>Makes an access key; from then on nobody is let in without one.</summary>
    /// <returns>The token.</returns>
    public async Task<string> IssueAsync(string name, PlaceScope scope) =>
        (await _application!.Services.GetRequiredService<AccessKeys>().AddAsync(name, [new Grant(scope, GrantKind.Read)], expiresAt: null, CancellationToken.None)).Token;

    /// <summary>Publishes the file that was held back, as the second revision.</summary>
    public async Task PublishMoreAsync() => Assert.True((await PublishAsync(Later)).IsNew);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _store = new FolderStore(Path.Combine(Scratch, "store"));
        await _store.OpenAsync(CancellationToken.None);
        await PublishAsync([.. Directory.GetFiles(Sample(), "*.arrow").Select(Path.GetFileName).OfType<string>().Where(static name => name != Later)]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddIndicatorPortal(options =>
        {
            options.Store = _store;
            options.Recipes.Add(_recipe);
        });
        _application = builder.Build();
        _application.MapIndicatorPortal();
        await _application.StartAsync();
        Origin = new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
    }

    /// <inheritdoc/>
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        Directory.Delete(Scratch, recursive: true);
    }

    private Task<PublishOutcome> PublishAsync(params string[] names) => new Publisher(_store!).PublishAsync(
        _recipe,
        async (engine, token) =>
        {
            foreach (var name in names)
            {
                await engine.ReadAsync(Path.Combine(Sample(), name), token);
            }
        },
        CancellationToken.None);

    private static string Sample()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IndicatorCore.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return Path.Combine(folder, "data", "sample");
    }
}
