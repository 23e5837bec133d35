// The portal inside an application of one's own: computes a dataset, publishes it when there is anything new, and serves it beside the
// application's own endpoints. --exports, --registry, --store and --urls say what and where.
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Serving;
using IndicatorCore.Portal.Storage;

var builder = WebApplication.CreateBuilder(args);
var settings = builder.Configuration;

await using var store = new FolderStore(settings["store"] ?? "published");
await store.OpenAsync(CancellationToken.None);

// what is computed: levels and windows have defaults
var recipe = new PortalRecipe
{
    Dataset = "sample",
    Query = new IndicatorQuery { Registry = RegistryReader.Read(settings["registry"] ?? "data/sample/registry") },
};
var exports = settings["exports"] ?? "data/sample";
await new Publisher(store).PublishAsync(recipe, (engine, cancel) => engine.ReadAsync(exports, cancel), CancellationToken.None);

builder.Services.AddIndicatorPortal(portal =>
{
    portal.Store = store;
    portal.Recipes.Add(recipe);   // so that uploads are computed too
});

var app = builder.Build();
app.MapGet("/hello", async (CancellationToken cancel) => (await store.FindAsync("sample", revision: null, cancel))?.Rows);
app.MapIndicatorPortal();
await app.RunAsync();
