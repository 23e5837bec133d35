using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Monitoring;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Monitoring;

/// <summary>A folder, a store and a clock; watches come and go.</summary>
internal sealed partial class WatchSite : IAsyncDisposable
{
    private readonly List<ExportWatch> _watches = [];

    private WatchSite(FolderStore store, TemporaryFolder folder)
    {
        (Store, Folder) = (store, folder);
        Incoming = Directory.CreateDirectory(folder.File("incoming")).FullName;
    }

    public FolderStore Store { get; }

    public TemporaryFolder Folder { get; }

    public string Incoming { get; }

    public ManualTime Time { get; } = new();

    public AlertRules Rules { get; set; } = AlertRules.None;

    public PortalRecipe Recipe { get; set; } = Sample.Recipe();

    public List<string> Said { get; } = [];

    public static async Task<WatchSite> OpenAsync()
    {
        var folder = new TemporaryFolder();
        var store = new FolderStore(folder.File("store"));
        await store.OpenAsync(CancellationToken.None);
        return new WatchSite(store, folder);
    }

    public ExportWatch Watch(Func<ExportWatchOptions, ExportWatchOptions>? change = null)
    {
        var options = new ExportWatchOptions
        {
            Folder = Incoming,
            Rules = Rules,
            Settling = TimeSpan.FromMilliseconds(1),
            Every = TimeSpan.FromMilliseconds(10),
            Progress = Add,
            Problem = Add,
        };
        var watch = new ExportWatch(Store, Recipe, change?.Invoke(options) ?? options, Time);
        _watches.Add(watch);
        return watch;
    }

    public void Bring(string sample, string? name = null)
    {
        var path = Path.Combine(Incoming, name ?? sample);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(Sample.File(sample), path);
    }

    public async Task<IReadOnlyList<JsonNode>> AlertsAsync() => [.. (await Store.TailAsync("alerts", 1_000, default)).Reverse().Select(static line => JsonNode.Parse(line.Span)!)];

    public async Task<int> RevisionAsync() => (await Store.FindAsync("sample", null, default))?.Revision ?? 0;

    /// <summary>All rows of the newest revision, without its number.</summary>
    public Task<string> RowsAsync() => RowsAsync(Store, "sample");

    public static async Task<string> RowsAsync(IPortalStore store, string dataset)
    {
        var publication = (await store.FindAsync(dataset, null, default))!;
        var text = new StringBuilder();
        foreach (var view in publication.Views)
        {
            for (long offset = 0, total = 1; offset < total; offset += 1_000)
            {
                var page = (await store.RowsAsync(new RowQuery { Dataset = dataset, View = view, Offset = offset, Limit = 1_000 }, default))!;
                total = page.Total;
                foreach (var row in page.Rows)
                {
                    text.Append(Revision().Replace(Encoding.UTF8.GetString(row.Json.Span), string.Empty)).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    /// <summary>The rows that reading all files at once gives, view by view.</summary>
    public static async Task<string> RowsOfAsync(PortalRecipe recipe, IReadOnlyList<string> files)
    {
        using var folder = new TemporaryFolder();
        await using var store = new FolderStore(folder.File("store"));
        await store.OpenAsync(default);
        await new Publisher(store).PublishAsync(recipe, (engine, token) => engine.ReadAsync(files, token), default);
        return await RowsAsync(store, recipe.Dataset);
    }

    /// <summary>Publishes a value of a figure for a factory, null for one that is suppressed.</summary>
    public async Task PublishAsync(double? value, string factory = "F001")
    {
        var follows = await RevisionAsync();
        await Store.PublishAsync(Drafts.Make(follows: follows, rows: [Drafts.Row("knr", [("factory", factory)], Drafts.January, Drafts.March, value)]), default);
    }

    public async ValueTask DisposeAsync()
    {
        _watches.ForEach(static watch => watch.Dispose());
        await Store.DisposeAsync();
        Folder.Dispose();
    }

    private void Add(string line)
    {
        lock (Said)
        {
            Said.Add(line);
        }
    }

    [GeneratedRegex(""","revision":\d+""")]
    private static partial Regex Revision();
}
