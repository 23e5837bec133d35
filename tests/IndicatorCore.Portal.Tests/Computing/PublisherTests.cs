using IndicatorCore.Errors;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Computing;

public sealed class PublisherTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FolderStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = new FolderStore(_folder.File("store"));
        await _store.OpenAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_published_is_what_reading_everything_at_once_gives()
    {
        var recipe = Sample.Recipe();
        var publisher = new Publisher(_store);
        Assert.True((await PublishAsync(publisher, recipe, "radio-0001.arrow")).IsNew);
        var second = await PublishAsync(publisher, recipe, "radio-0001.arrow", "connectivity-0001.arrow");
        Assert.True(second.IsNew);
        Assert.False((await PublishAsync(publisher, recipe, "connectivity-0001.arrow")).IsNew);
        Assert.Equal(2, second.Publication.Revision);
        await using var engine = Publisher.NewEngine(recipe);
        await engine.ReadAsync([Sample.File("radio-0001.arrow"), Sample.File("connectivity-0001.arrow")]);
        var page = await _store.RowsAsync(new RowQuery { Dataset = "sample", Limit = 10_000 }, CancellationToken.None);
        Assert.Equal(engine.Finish().Rows.Count, page!.Total);
        Assert.Equal(["default", "month"], second.Publication.Views);
        Assert.True(second.Publication.IsDisclosed);
    }

    [Fact]
    public async Task Who_publishes_at_the_same_time_loses_nothing()
    {
        var recipe = Sample.Recipe();
        await using var other = new FolderStore(_folder.File("store"));
        await other.OpenAsync(CancellationToken.None);
        string[] files = ["radio-0001.arrow", "connectivity-0001.arrow", "connectivity-0002.arrow"];
        await Task.WhenAll(files.Select((file, i) => Task.Run(() => PublishAsync(new Publisher(i == 1 ? other : _store), recipe, file))));
        var newest = (await _store.FindAsync("sample", null, CancellationToken.None))!;
        Assert.Equal(3, newest.Revision);
        Assert.False((await PublishAsync(new Publisher(_store), recipe, files)).IsNew);
    }

    [Fact]
    public async Task Another_question_is_another_dataset()
    {
        await PublishAsync(new Publisher(_store), Sample.Recipe(), "radio-0001.arrow");
        var other = Sample.Recipe() with { Query = Sample.Recipe().Query with { TimeZone = "UTC" } };
        var fault = await Assert.ThrowsAsync<ConfigurationException>(() => PublishAsync(new Publisher(_store), other, "radio-0001.arrow"));
        Assert.Contains("sample", fault.Message, StringComparison.Ordinal);
        Assert.True((await PublishAsync(new Publisher(_store), other with { Dataset = "utc" }, "radio-0001.arrow")).IsNew);
    }

    [Fact]
    public async Task What_fails_while_it_is_read_publishes_nothing()
    {
        await Assert.ThrowsAnyAsync<IndicatorDataException>(() => PublishAsync(new Publisher(_store), Sample.Recipe(), "README.md"));
        Assert.Empty(await _store.PublicationsAsync(CancellationToken.None));
    }

    private static Task<PublishOutcome> PublishAsync(Publisher publisher, PortalRecipe recipe, params string[] files) =>
        publisher.PublishAsync(recipe, (engine, cancellationToken) => engine.ReadAsync([.. files.Select(Sample.File)], cancellationToken), CancellationToken.None);
}
