using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Storage;

public sealed class FolderStoreTests : PortalStoreLaws, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IPortalStore NewStore() => new FolderStore(_folder.File("store"));

    private async Task<IPortalStore> PublishedAsync()
    {
        var store = NewStore();
        await store.OpenAsync(CancellationToken.None);
        await store.PublishAsync(Drafts.Make(), CancellationToken.None);
        return store;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lost_or_damaged_index_is_made_again(bool isDamaged)
    {
        var index = _folder.File("store/datasets/sample/r000001/results.index");
        List<long> before;
        await using (var store = await PublishedAsync())
        {
            before = await NumbersAsync(store);
        }

        if (isDamaged)
        {
            var bytes = await File.ReadAllBytesAsync(index);
            bytes.AsSpan(bytes.Length / 2).Fill(0xff);
            await File.WriteAllBytesAsync(index, bytes);
        }
        else
        {
            File.Delete(index);
        }

        await using var again = NewStore();
        await again.OpenAsync(CancellationToken.None);
        Assert.Equal(before, await NumbersAsync(again));
    }

    [Fact]
    public async Task What_a_killed_process_left_goes_and_what_a_living_one_writes_stays()
    {
        await using (await PublishedAsync())
        {
        }

        var dead = Directory.CreateDirectory(_folder.File("store/temp/dead")).FullName;
        await File.WriteAllTextAsync(Path.Combine(dead, "results.ndjson"), "half a r");
        var living = Directory.CreateDirectory(_folder.File("store/temp/living")).FullName;
        await using var held = new FileStream(living + ".lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await using var store = NewStore();
        await store.OpenAsync(CancellationToken.None);
        Assert.False(Directory.Exists(dead));
        Assert.True(Directory.Exists(living));
        Assert.Single(await store.PublicationsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_log_line_without_its_end_is_none_and_goes()
    {
        await using (var store = await PublishedAsync())
        {
            await store.AppendAsync("audit", ["whole"u8.ToArray()], CancellationToken.None);
        }

        await File.AppendAllTextAsync(_folder.File("store/logs/audit.ndjson"), "half");
        await using var again = NewStore();
        await again.OpenAsync(CancellationToken.None);
        Assert.Single(await again.TailAsync("audit", 9, CancellationToken.None));
        await again.AppendAsync("audit", ["next"u8.ToArray()], CancellationToken.None);
        Assert.Equal("whole\nnext\n", await File.ReadAllTextAsync(_folder.File("store/logs/audit.ndjson")));
    }

    [Fact]
    public async Task Rows_that_are_cut_off_are_refused_at_open()
    {
        await using (await PublishedAsync())
        {
        }

        await using (var rows = new FileStream(_folder.File("store/datasets/sample/r000001/results.ndjson"), FileMode.Open))
        {
            rows.SetLength(rows.Length - 1);
        }

        await using var store = NewStore();
        await Assert.ThrowsAsync<InvalidDataException>(() => store.OpenAsync(CancellationToken.None));
    }

    private static async Task<List<long>> NumbersAsync(IPortalStore store)
    {
        var numbers = new List<long>();
        foreach (var sort in Enum.GetValues<RowSort>())
        {
            var page = await store.RowsAsync(new RowQuery { Dataset = "sample", Sort = sort, Within = [new(PlaceKind.Province, "辽宁")], Indicators = ["knr", "cov_sample"] }, CancellationToken.None);
            numbers.AddRange(page!.Rows.Select(static row => row.Number));
        }

        return numbers;
    }
}
