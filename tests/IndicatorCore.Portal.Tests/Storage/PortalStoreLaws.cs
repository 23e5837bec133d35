using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Storage;

/// <summary>What every store promises. A class of each store runs them: it says how a store is made over one and the same place.</summary>
public abstract class PortalStoreLaws
{
    private readonly CancellationToken _none = CancellationToken.None;

    /// <summary>A store over the place of this test, not opened yet; called again, another one over the same place, as another process would have.</summary>
    protected abstract IPortalStore NewStore();

    private async Task<IPortalStore> OpenAsync()
    {
        var store = NewStore();
        await store.OpenAsync(_none);
        return store;
    }

    [SkippableFact]
    public async Task An_empty_store_has_nothing()
    {
        await using var store = await OpenAsync();
        await store.CheckAsync(_none);
        Assert.Empty(await store.PublicationsAsync(_none));
        Assert.Null(await store.FindAsync("sample", null, _none));
        Assert.Null(await store.RowsAsync(new RowQuery { Dataset = "sample" }, _none));
        Assert.Null(await store.RowAsync("sample", 1, 0, _none));
        Assert.Empty(await store.PlacesAsync("sample", 1, _none));
        Assert.Null(await store.OpenAsync("sample", 1, Attachment.State, _none));
    }

    [SkippableFact]
    public async Task Rows_come_back_byte_by_byte_in_their_order()
    {
        await using var store = await OpenAsync();
        var draft = Drafts.Make();
        var published = await store.PublishAsync(draft, _none);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var number = 0L;
        foreach (var (view, report) in draft.Views)
        {
            var page = (await store.RowsAsync(new RowQuery { Dataset = "sample", View = view, Limit = 1000 }, _none))!;
            Assert.Equal(report.Rows.Count, page.Total);
            Assert.Equal(report.Rows.Select(Json), page.Rows.Select(static row => Encoding.UTF8.GetString(row.Json.Span)));
            foreach (var row in page.Rows)
            {
                Assert.Equal(number++, row.Number);
                Assert.Equal(view, row.View);
                hash.AppendData(row.Json.Span);
                hash.AppendData("\n"u8);
                var again = await store.RowAsync("sample", 1, row.Number, _none);
                Assert.Equal(row.View, again!.Value.View);
                Assert.True(row.Json.Span.SequenceEqual(again.Value.Json.Span));
            }
        }

        Assert.Equal(Convert.ToHexStringLower(hash.GetCurrentHash()), published.Digest);
        Assert.Equal(number, published.Rows);
        Assert.Null(await store.RowAsync("sample", 1, number, _none));
        Assert.Null(await store.RowAsync("sample", 1, -1, _none));
    }

    [SkippableFact]
    public async Task A_publication_says_what_it_holds()
    {
        await using var store = await OpenAsync();
        var published = await store.PublishAsync(Drafts.Make(), _none);
        Assert.Equal(1, published.Revision);
        Assert.Equal(["default", "month"], published.Views);
        Assert.Equal(["province", "city", "factory", "factory,line", "industry", ""], published.Levels);
        Assert.Equal(["cov_sample", "eff_gain", "knr"], published.Indicators);
        Assert.Equal("Asia/Shanghai", published.TimeZone);
        Assert.Equal(Drafts.March, published.ReferenceDate);
        Assert.Null(published.Changes);
        Assert.False(published.IsDisclosed);
        Assert.Equal(Drafts.Make().PublishedAt, published.PublishedAt);
        Same(published, (await store.FindAsync("sample", null, _none))!);
        Assert.Equal(Drafts.Places.Select(Text), (await store.PlacesAsync("sample", 1, _none)).Select(Text));
    }

    [SkippableFact]
    public async Task Revisions_follow_each_other_and_old_ones_stay()
    {
        await using var store = await OpenAsync();
        var first = await store.PublishAsync(Drafts.Make(), _none);
        var second = await store.PublishAsync(Drafts.Make(follows: 1), _none);
        await store.PublishAsync(Drafts.Make("other"), _none);
        Assert.Equal([("other", 1), ("sample", 2), ("sample", 1)], (await store.PublicationsAsync(_none)).Select(static one => (one.Dataset, one.Revision)));
        Assert.NotEqual(first.Digest, second.Digest);
        Assert.Equal(3, second.Changes);
        Assert.Equal(2, (await store.FindAsync("sample", null, _none))!.Revision);
        Assert.Equal(first.Digest, (await store.FindAsync("sample", 1, _none))!.Digest);
        Assert.Null(await store.FindAsync("sample", 3, _none));
        Assert.Null(await store.FindAsync("sample", 0, _none));
        Assert.Equal("state 1", await TextAsync(await store.OpenAsync("sample", 1, Attachment.State, _none)));
        Assert.Equal("state 2", await TextAsync(await store.OpenAsync("sample", 2, Attachment.State, _none)));
        Assert.Null(await store.OpenAsync("sample", 2, Attachment.Coverage, _none));
    }

    [SkippableFact]
    public async Task Of_two_that_follow_the_same_revision_one_is_refused()
    {
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();
        await store.PublishAsync(Drafts.Make(), _none);
        await Assert.ThrowsAsync<PublicationConflictException>(() => other.PublishAsync(Drafts.Make(), _none));
        await Assert.ThrowsAsync<PublicationConflictException>(() => other.PublishAsync(Drafts.Make(follows: 2), _none));
        var both = new[] { store, other }.Select(one => Task.Run(async () =>
        {
            try
            {
                return (await one.PublishAsync(Drafts.Make(follows: 1), _none)).Revision;
            }
            catch (PublicationConflictException)
            {
                return 0;
            }
        }));
        Assert.Equal([0, 2], (await Task.WhenAll(both)).Order());
        Assert.Equal(2, (await other.PublicationsAsync(_none)).Count);
    }

    [SkippableFact]
    public async Task What_one_publishes_others_see_and_it_lasts()
    {
        await using var reader = await OpenAsync();
        await using (var store = await OpenAsync())
        {
            var published = await store.PublishAsync(Drafts.Make(), _none);
            Same(published, (await reader.FindAsync("sample", null, _none))!);
            Assert.Single(await reader.PublicationsAsync(_none));
        }

        await using var again = await OpenAsync();
        Assert.Equal(16, (await again.RowsAsync(new RowQuery { Dataset = "sample" }, _none))!.Total);
    }

    [SkippableFact]
    public async Task A_draft_that_fails_in_the_middle_leaves_nothing()
    {
        await using var store = await OpenAsync();
        var draft = Drafts.Make() with { Attachments = new Dictionary<Attachment, Action<Stream>> { [Attachment.State] = static _ => throw new IOException("no space") } };
        await Assert.ThrowsAsync<IOException>(() => store.PublishAsync(draft, _none));
        using var cancelled = new CancellationTokenSource();
        var rows = new List<IndicatorRow>(Drafts.Default(0));
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PublishAsync(Drafts.Make(rows: rows), cancelled.Token));
        Assert.Empty(await store.PublicationsAsync(_none));
        Assert.Equal(1, (await store.PublishAsync(Drafts.Make(), _none)).Revision);
    }

    [SkippableFact]
    public async Task Names_that_are_none_are_refused()
    {
        await using var store = await OpenAsync();
        foreach (var name in new[] { "", "..", "a/b", "A", "é", new string('a', 65) })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => store.PublishAsync(Drafts.Make() with { Dataset = name }, _none));
            Assert.Null(await store.FindAsync(name, null, _none));
            await Assert.ThrowsAsync<ArgumentException>(async () => await store.ReadDocumentAsync(name, _none));
            await Assert.ThrowsAsync<ArgumentException>(async () => await store.WriteDocumentAsync(name, 0, default, _none));
            await Assert.ThrowsAsync<ArgumentException>(async () => await store.AppendAsync(name, ["x"u8.ToArray()], _none));
            await Assert.ThrowsAsync<ArgumentException>(async () => await store.TailAsync(name, 1, _none));
        }
    }

    /// <summary>Queries, and the same answered by looking at every row.</summary>
    public static TheoryData<string> Questions() => [.. s_questions.Keys];

    private static readonly Dictionary<string, Func<RowQuery, RowQuery>> s_questions = new(StringComparer.Ordinal)
    {
        ["everything"] = static query => query,
        ["a view"] = static query => query with { View = "month" },
        ["no such view"] = static query => query with { View = "week" },
        ["an indicator"] = static query => query with { Indicators = ["knr"] },
        ["two indicators, one unknown"] = static query => query with { Indicators = ["cov_sample", "nothing"] },
        ["no indicator"] = static query => query with { Indicators = [] },
        ["a level"] = static query => query with { Level = "city" },
        ["a level of two keys"] = static query => query with { Level = "factory,line" },
        ["the whole"] = static query => query with { Level = "" },
        ["a group"] = static query => query with { Group = [KeyValuePair.Create("factory", (string?)"F001")] },
        ["a group of two keys"] = static query => query with { Group = [KeyValuePair.Create("factory", (string?)"F001"), KeyValuePair.Create("line", (string?)null)] },
        ["the unassigned group"] = static query => query with { Group = [KeyValuePair.Create("city", (string?)null)] },
        ["no such group"] = static query => query with { Group = [KeyValuePair.Create("city", (string?)"x")] },
        ["a province"] = static query => query with { Within = [new(PlaceKind.Province, "辽宁")] },
        ["a city"] = static query => query with { Within = [new(PlaceKind.City, "大连")] },
        ["a factory and a city"] = static query => query with { Within = [new(PlaceKind.Factory, "F003"), new(PlaceKind.City, "沈阳")] },
        ["everything beside a factory"] = static query => query with { Within = [new(PlaceKind.Factory, "F003"), PlaceScope.All] },
        ["nowhere"] = static query => query with { Within = [] },
        ["an indicator in a city by month"] = static query => query with { View = "month", Indicators = ["knr"], Within = [new(PlaceKind.City, "大连")] },
        ["a window"] = static query => query with { View = "month", From = Drafts.January + 1, To = Drafts.February },
        ["a window and an indicator"] = static query => query with { View = "month", From = Drafts.February, Indicators = ["cov_sample"] },
        ["rows that have a window"] = static query => query with { From = long.MinValue + 1 },
        ["a status"] = static query => query with { Statuses = ["SUPPRESSED", "NONE_SUCH"] },
        ["a status and an indicator"] = static query => query with { Statuses = ["PUBLISHED"], Indicators = ["cov_sample"] },
        ["no status"] = static query => query with { Statuses = [] },
        ["the smallest first"] = static query => query with { Sort = RowSort.ValueAscending },
        ["the greatest first"] = static query => query with { Sort = RowSort.ValueDescending, Indicators = ["knr", "cov_sample"] },
        ["the earliest first"] = static query => query with { View = "month", Sort = RowSort.Window },
        ["windowless last"] = static query => query with { Sort = RowSort.Window },
        ["a ranking of a province"] = static query => query with { View = "month", Level = "factory", Indicators = ["knr"], Sort = RowSort.ValueDescending, Within = [new(PlaceKind.Province, "辽宁")], To = Drafts.February },
    };

    [SkippableTheory]
    [MemberData(nameof(Questions))]
    public async Task A_query_finds_what_looking_at_every_row_finds(string question)
    {
        await using var store = await OpenAsync();
        var draft = Drafts.Make();
        await store.PublishAsync(draft, _none);
        var query = s_questions[question](new RowQuery { Dataset = "sample", Limit = 1000 });
        var expected = ByLooking(draft, query);
        var page = (await store.RowsAsync(query, _none))!;
        Assert.Equal(expected.Count, page.Total);
        Assert.Equal(expected, page.Rows.Select(static row => row.Number));

        // pages are pieces of it
        for (var offset = 0; offset < expected.Count + 3; offset += 3)
        {
            var piece = (await store.RowsAsync(query with { Offset = offset, Limit = 3 }, _none))!;
            Assert.Equal(expected.Count, piece.Total);
            Assert.Equal(expected.Skip(offset).Take(3), piece.Rows.Select(static row => row.Number));
        }
    }

    [SkippableFact]
    public async Task A_document_is_replaced_by_who_has_read_its_newest_version()
    {
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();
        Assert.Null(await store.ReadDocumentAsync("keys", _none));
        Assert.True(await store.WriteDocumentAsync("keys", 0, "one"u8.ToArray(), _none));
        Assert.False(await other.WriteDocumentAsync("keys", 0, "two"u8.ToArray(), _none));
        Assert.Equal(1, (await other.ReadDocumentAsync("keys", _none))!.Version);
        Assert.True(await other.WriteDocumentAsync("keys", 1, "two\nlines\n"u8.ToArray(), _none));
        Assert.False(await store.WriteDocumentAsync("keys", 1, "three"u8.ToArray(), _none));
        var read = (await store.ReadDocumentAsync("keys", _none))!;
        Assert.Equal(2, read.Version);
        Assert.Equal("two\nlines\n", Encoding.UTF8.GetString(read.Content.Span));
        Assert.True(await store.WriteDocumentAsync("empty", 0, default, _none));
        Assert.Equal(0, (await store.ReadDocumentAsync("empty", _none))!.Content.Length);
    }

    [SkippableFact]
    public async Task Of_many_writers_of_a_document_none_is_lost()
    {
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var mine = writer % 2 == 0 ? store : other;
            for (var i = 0; i < 5; i++)
            {
                while (true)
                {
                    var read = await mine.ReadDocumentAsync("count", _none);
                    var next = Encoding.ASCII.GetBytes($"{(read is null ? 0 : int.Parse(Encoding.ASCII.GetString(read.Content.Span))) + 1}");
                    if (await mine.WriteDocumentAsync("count", read?.Version ?? 0, next, _none))
                    {
                        break;
                    }
                }
            }
        })));
        var end = (await store.ReadDocumentAsync("count", _none))!;
        Assert.Equal((40, "40"), (end.Version, Encoding.ASCII.GetString(end.Content.Span)));
    }

    [SkippableFact]
    public async Task A_log_keeps_every_line_and_tells_the_last_ones_first()
    {
        await using var store = await OpenAsync();
        await using var other = await OpenAsync();
        Assert.Empty(await store.TailAsync("audit", 10, _none));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() =>
            (i % 2 == 0 ? store : other).AppendAsync("audit", [Encoding.UTF8.GetBytes($"{{\"n\":{2 * i}}}"), Encoding.UTF8.GetBytes($"{{\"n\":{(2 * i) + 1}}}")], _none))));
        var lines = (await store.TailAsync("audit", 1000, _none)).Select(static line => Encoding.UTF8.GetString(line.Span)).ToList();
        Assert.Equal(80, lines.Distinct().Count());
        await store.AppendAsync("audit", [Encoding.UTF8.GetBytes(new string('x', 200_000)), "last"u8.ToArray()], _none);
        Assert.Equal(["last", new string('x', 200_000)], (await other.TailAsync("audit", 2, _none)).Select(static line => Encoding.UTF8.GetString(line.Span)));
        Assert.Equal(82, (await other.TailAsync("audit", int.MaxValue, _none)).Count);
        Assert.Empty(await store.TailAsync("alerts", 5, _none));
        await Assert.ThrowsAsync<ArgumentException>(() => store.AppendAsync("audit", ["a\nb"u8.ToArray()], _none));
    }

    private static string Json(IndicatorRow row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        ResultRowJson.Write(buffer, row, Drafts.Shanghai);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Text(Place place) => $"{place with { Lines = [] }} {string.Join(' ', place.Lines)}";

    private static void Same(Publication expected, Publication actual)
    {
        Assert.Equal(expected with { Views = [], Levels = [], Indicators = [] }, actual with { Views = [], Levels = [], Indicators = [] });
        Assert.Equal(expected.Views, actual.Views);
        Assert.Equal(expected.Levels, actual.Levels);
        Assert.Equal(expected.Indicators, actual.Indicators);
    }

    private static async Task<string> TextAsync(Stream? stream)
    {
        using var reader = new StreamReader(stream!);
        Assert.True(stream!.CanSeek);
        return await reader.ReadToEndAsync();
    }

    private static List<long> ByLooking(PublicationDraft draft, RowQuery query)
    {
        using var rows = new DraftRows(draft);
        var found = rows.Read().Where(row => row.View == query.View
            && (query.Indicators is null || query.Indicators.Contains(row.Row.Indicator))
            && (query.Level is null || query.Level == row.Level)
            && query.Group.All(row.Row.Group.Contains)
            && row.Place.LiesWithin(query.Within)
            && (query.From is null || row.Row.WindowEnd > query.From)
            && (query.To is null || row.Row.WindowStart < query.To)
            && (query.Statuses is null || query.Statuses.Contains(ResultNames.Of(row.Row.Status)))).ToList();
        return
        [
            .. (query.Sort switch
            {
                RowSort.ValueAscending => found.OrderBy(static row => row.Row.Value is null).ThenBy(static row => row.Row.Value),
                RowSort.ValueDescending => found.OrderBy(static row => row.Row.Value is null).ThenByDescending(static row => row.Row.Value),
                RowSort.Window => found.OrderBy(static row => row.Row.WindowStart is null).ThenBy(static row => row.Row.WindowStart),
                _ => found.Order(Comparer<DraftRow>.Create(static (left, right) => left.Number.CompareTo(right.Number))),
            }).Select(static row => row.Number),
        ];
    }
}
