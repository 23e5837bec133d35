using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;
using IndicatorCore.PostgreSql;

namespace IndicatorCore.Portal.Tests.Storage;

[Collection(nameof(PostgreSqlTests))]
public sealed partial class PostgreSqlStoreTests(PostgreSqlServer server) : PortalStoreLaws
{
    private readonly CancellationToken _none = CancellationToken.None;
    private string? _address;

    private string Address => _address ??= server.NewDatabase();

    protected override IPortalStore NewStore() => new PostgreSqlStore(Address);

    [SkippableFact]
    public async Task Programs_that_start_together_make_the_schema_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var store = NewStore();
            await store.OpenAsync(_none);
        })));
        Assert.Equal(["1|0001-store.sql"], PostgreSqlServer.Query(Address, "select version, name from ic_data.migrations"));
    }

    [SkippableFact]
    public async Task A_newer_schema_is_left_alone()
    {
        await using (var store = NewStore())
        {
            await store.OpenAsync(_none);
        }

        PostgreSqlServer.Execute(Address, "insert into ic_data.migrations (version, name) values (99, 'of the future')");
        await using var old = NewStore();
        var problem = await Assert.ThrowsAsync<IOException>(() => old.OpenAsync(_none));
        Assert.Contains("schema version 99", problem.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_database_that_is_not_there_is_named_without_a_password()
    {
        PostgreSqlServer.Require();
        await using var store = new PostgreSqlStore(Address.Replace("/test_", "/none_", StringComparison.Ordinal).Replace("ic@", "ic:hunter2@", StringComparison.Ordinal));
        var problem = await Assert.ThrowsAsync<IOException>(() => store.OpenAsync(_none));
        Assert.Contains("does not exist", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_attachment_is_read_from_any_place()
    {
        var bytes = new byte[(3 * PieceWriter.PieceBytes) + 4_711];
        new Random(7).NextBytes(bytes);
        var exact = bytes[..(2 * PieceWriter.PieceBytes)];
        await using var store = NewStore();
        await store.OpenAsync(_none);
        await store.PublishAsync(
            Drafts.Make() with
            {
                Attachments = new Dictionary<Attachment, Action<Stream>>
                {
                    [Attachment.State] = stream =>
                    {
                        for (var at = 0; at < bytes.Length; at += 100_003)
                        {
                            stream.Write(bytes.AsSpan(at, Math.Min(100_003, bytes.Length - at)));
                        }
                    },
                    [Attachment.Coverage] = stream => stream.Write(exact),
                    [Attachment.Declared] = static _ => { },
                },
            },
            _none);
        await using var state = (await store.OpenAsync("sample", 1, Attachment.State, _none))!;
        Assert.Equal(bytes.Length, state.Length);
        using var copy = new MemoryStream();
        await state.CopyToAsync(copy);
        Assert.True(copy.ToArray().AsSpan().SequenceEqual(bytes));
        foreach (var at in new[] { bytes.Length - 1, 0, PieceWriter.PieceBytes - 2, (2 * PieceWriter.PieceBytes) + 5 })
        {
            state.Position = at;
            var piece = new byte[Math.Min(9, bytes.Length - at)];
            state.ReadExactly(piece);
            Assert.Equal(bytes.AsSpan(at, piece.Length).ToArray(), piece);
        }

        state.Seek(0, SeekOrigin.End);
        Assert.Equal(0, state.Read(new byte[1]));
        await using var whole = (await store.OpenAsync("sample", 1, Attachment.Coverage, _none))!;
        using var second = new MemoryStream();
        whole.CopyTo(second);
        Assert.True(second.ToArray().AsSpan().SequenceEqual(exact));
        await using var empty = (await store.OpenAsync("sample", 1, Attachment.Declared, _none))!;
        Assert.Equal(0, empty.Read(new byte[1]));
    }

    [SkippableFact]
    public async Task Texts_that_PostgreSQL_cannot_keep_are_served_as_they_were()
    {
        await using var store = NewStore();
        await store.OpenAsync(_none);
        var draft = Drafts.Make(rows: [Drafts.Row("knr", [("factory", "a\0b")], Drafts.January, Drafts.March, 0.5), Drafts.Row("knr", [("factory", "𠀀' \" \\ %")], null, null, 0.25)]);
        await store.PublishAsync(draft, _none);
        foreach (var (name, json) in new[] { ("a\0b", "a\\u0000b"), ("𠀀' \" \\ %", "𠀀' \\\" \\\\ %") })
        {
            var page = (await store.RowsAsync(new RowQuery { Dataset = "sample", Group = [KeyValuePair.Create("factory", (string?)name)] }, _none))!;
            Assert.Contains(json, Encoding.UTF8.GetString(Assert.Single(page.Rows).Json.Span), StringComparison.Ordinal);
            Assert.Single((await store.RowsAsync(new RowQuery { Dataset = "sample", Within = [new(PlaceKind.Factory, name)] }, _none))!.Rows);
        }

        Assert.Equal(["2"], PostgreSqlServer.Query(Address, "select count(*) from ic.results where view = 'default' and evidence is not null"));
        Assert.Null(await store.FindAsync("a\0b", null, _none));
    }

    [SkippableFact]
    public async Task Nothing_of_a_query_is_taken_for_SQL()
    {
        await using var store = NewStore();
        await store.OpenAsync(_none);
        await store.PublishAsync(Drafts.Make(), _none);
        foreach (var text in new[] { "'; drop table ic_data.rows; --", "$1", "\\", "{\"a\":1}", "x') or true --", "\0" })
        {
            var page = await store.RowsAsync(
                new RowQuery { Dataset = "sample", Indicators = [text, "knr"], Group = [KeyValuePair.Create(text, (string?)text)], Within = [new(PlaceKind.City, text)], Statuses = [text, "PUBLISHED"], Level = "city" },
                _none);
            Assert.Empty(page!.Rows);
            Assert.Empty((await store.RowsAsync(new RowQuery { Dataset = "sample", View = text, Level = text }, _none))!.Rows);
        }

        Assert.Equal(28, (await store.FindAsync("sample", null, _none))!.Rows);
    }

    [SkippableFact]
    public async Task The_views_say_what_was_published()
    {
        await using var store = NewStore();
        await store.OpenAsync(_none);
        await store.PublishAsync(Drafts.Make(), _none);
        await store.PublishAsync(Drafts.Make(follows: 1), _none);
        Assert.Equal(
            ["sample|1|False|28|null", "sample|2|True|28|3"],
            PostgreSqlServer.Query(Address, "select dataset, revision, is_latest, rows, changes from ic.publications order by revision"));
        Assert.Equal(["56|28"], PostgreSqlServer.Query(Address, "select (select count(*) from ic.results), (select count(*) from ic.latest_results)"));
        Assert.Equal(
            ["1|0.25|ratio|PUBLISHED", "2|1.25|ratio|PUBLISHED"],
            PostgreSqlServer.Query(Address, "select revision, value, unit, status from ic.results where indicator = 'cov_sample' and level = 'factory' and view = 'default' order by 1"));
        Assert.Equal(
            ["null|SUPPRESSED|DISCLOSURE"],
            PostgreSqlServer.Query(Address, "select value, status, reason from ic.latest_results where indicator = 'cov_sample' and city = '大连' and level = 'city'"));
        Assert.Equal(
            ["2023-12-31T16:00:00|0.9|辽宁|大连|F001", "2024-01-31T16:00:00|0.9|辽宁|大连|F001"],
            PostgreSqlServer.Query(Address, "select time, value, province, city, factory from ic.grafana_series where metric = 'knr' and view = 'month' and factory = 'F001' order by time"));
        Assert.Equal(["0"], PostgreSqlServer.Query(Address, "select count(*) from ic.grafana_series where value is null or time is null"));
    }

    [SkippableFact]
    public async Task The_queries_of_the_documentation_run()
    {
        await using var store = NewStore();
        await store.OpenAsync(_none);
        await store.PublishAsync(Drafts.Make(), _none);
        await store.PublishAsync(Drafts.Make(follows: 1), _none);
        await store.AppendAsync("audit", ["{\"at\":\"2026-01-01T00:00:00Z\",\"name\":null,\"path\":\"/api/v1/results\",\"status\":403}"u8.ToArray()], _none);
        var page = await File.ReadAllTextAsync(Path.Combine(Repository(), "docs", "PORTAL.md"));
        var answers = new List<string>();
        foreach (Match block in SqlBlock().Matches(page))
        {
            foreach (var statement in block.Groups[1].Value.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                // what Grafana puts in place of its macro
                var sql = statement.Replace("$__timeFilter(time)", "time between '2023-01-01T00:00:00Z' and '2025-01-01T00:00:00Z'", StringComparison.Ordinal);
                answers.Add(server.Psql(Address, sql));
            }
        }

        Assert.Equal(6, answers.Count);
        Assert.DoesNotContain(answers, string.IsNullOrWhiteSpace);
        Assert.Contains("F001|0.9||", answers[0], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_role_that_reads_the_views_reads_nothing_else()
    {
        await using var store = NewStore();
        await store.OpenAsync(_none);
        await store.PublishAsync(Drafts.Make(), _none);
        await store.WriteDocumentAsync("keys", 0, "{}"u8.ToArray(), _none);
        PostgreSqlServer.Execute(
            Address,
            "create role viewer login; grant usage on schema ic to viewer; grant select on ic.publications, ic.results, ic.latest_results, ic.grafana_series to viewer");
        var viewer = Address.Replace("ic@", "viewer@", StringComparison.Ordinal);
        Assert.Equal(["28"], PostgreSqlServer.Query(viewer, "select count(*) from ic.results"));
        foreach (var sql in new[] { "select * from ic_data.documents", "select * from ic.audit", "delete from ic.results", "select ic.drop_publication('sample', 1)" })
        {
            Assert.ThrowsAny<Npgsql.PostgresException>(() => PostgreSqlServer.Query(viewer, sql));
        }
    }

    [SkippableFact]
    public async Task An_old_revision_can_be_dropped_and_the_newest_stays()
    {
        await using var store = NewStore();
        await store.OpenAsync(_none);
        await store.PublishAsync(Drafts.Make(), _none);
        await store.PublishAsync(Drafts.Make(follows: 1), _none);
        Assert.Equal(["True"], PostgreSqlServer.Query(Address, "select ic.drop_publication('sample', 1)"));
        Assert.Equal(["False"], PostgreSqlServer.Query(Address, "select ic.drop_publication('sample', 1)"));
        Assert.Contains("the newest", Assert.ThrowsAny<Npgsql.PostgresException>(() => PostgreSqlServer.Query(Address, "select ic.drop_publication('sample', 2)")).Message, StringComparison.Ordinal);
        Assert.Null(await store.RowsAsync(new RowQuery { Dataset = "sample", Revision = 1 }, _none));
        Assert.Null(await store.OpenAsync("sample", 1, Attachment.State, _none));
        Assert.Equal(16, (await store.RowsAsync(new RowQuery { Dataset = "sample" }, _none))!.Total);
        Assert.Equal(3, (await store.PublishAsync(Drafts.Make(follows: 2), _none)).Revision);
        Assert.Equal(["2"], PostgreSqlServer.Query(Address, "select count(*) from pg_inherits where inhparent = 'ic_data.rows'::regclass"));
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public async Task A_server_that_stays_away_is_said_to_be_away()
    {
        await using var store = new PostgreSqlStore(Address, new PostgreSqlStoreOptions { Patience = TimeSpan.FromSeconds(1) });
        await store.OpenAsync(_none);
        await store.PublishAsync(Drafts.Make(), _none);
        server.Stop();
        try
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(_none));
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.RowsAsync(new RowQuery { Dataset = "sample" }, _none));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.PublishAsync(Drafts.Make(follows: 1), _none));
        }
        finally
        {
            server.Start();
        }

        await store.CheckAsync(_none);
        Assert.Equal(16, (await store.RowsAsync(new RowQuery { Dataset = "sample" }, _none))!.Total);
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public async Task A_server_that_crashes_under_load_shows_nothing_partial_and_loses_nothing_that_was_acknowledged()
    {
        const int Crashes = 4;
        await using var store = new PostgreSqlStore(Address, new PostgreSqlStoreOptions { Patience = TimeSpan.FromMinutes(1) });
        await store.OpenAsync(_none);
        using var end = new CancellationTokenSource();
        var published = new ConcurrentQueue<Publication>();
        var lines = new ConcurrentQueue<string>();
        var counted = 0;
        var seen = 0;

        // large enough that crashes hit the COPY as well as the commit
        var rows = Enumerable.Range(0, 4_000).Select(static i => Drafts.Row("knr", [("factory", $"F{i / 4:000}")], Drafts.January, Drafts.February, i)).ToList();
        var writer = Task.Run(async () =>
        {
            for (var follows = 0; !end.IsCancellationRequested; follows++)
            {
                published.Enqueue(await store.PublishAsync(Slow(Drafts.Make(follows: follows, rows: rows)), _none));
            }
        });
        var looker = Task.Run(async () =>
        {
            // looks as often as it can whether something is seen before all of it is there
            while (!end.IsCancellationRequested)
            {
                if (await store.FindAsync("sample", null, _none) is { } newest)
                {
                    await using var state = await store.OpenAsync("sample", newest.Revision, Attachment.State, _none);
                    Assert.NotNull(state);
                }
            }
        });
        var reader = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                if (await store.RowsAsync(new RowQuery { Dataset = "sample", Limit = 10_000 }, _none) is { } page)
                {
                    Assert.Equal(4_000, page.Total);
                    Assert.Equal(4_000, page.Rows.Count);
                    await using var state = await store.OpenAsync("sample", page.Publication.Revision, Attachment.State, _none);
                    using var text = new StreamReader(state!);
                    Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"state {page.Publication.Revision}"), await text.ReadToEndAsync());
                    seen++;
                }
            }
        });
        var counter = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                var read = await store.ReadDocumentAsync("count", _none);
                Assert.True(await store.WriteDocumentAsync("count", read?.Version ?? 0, Encoding.ASCII.GetBytes($"{counted + 1}"), _none));
                counted++;
            }
        });
        var logger = Task.Run(async () =>
        {
            for (var i = 0; !end.IsCancellationRequested; i++)
            {
                await store.AppendAsync("audit", [Encoding.ASCII.GetBytes($"{i}")], _none);
                lines.Enqueue($"{i}");
            }
        });
        for (var crash = 0; crash < Crashes; crash++)
        {
            var before = published.Count;
            await Task.Delay(TimeSpan.FromMilliseconds(600 + (137 * crash)));
            server.Crash();
            await WaitAsync(() => published.Count > before || writer.IsCompleted);
        }

        await end.CancelAsync();
        await Task.WhenAll(writer, looker, reader, counter, logger);
        Assert.InRange(published.Count, Crashes, int.MaxValue);
        Assert.InRange(seen, 1, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, published.Count), published.Select(static one => one.Revision));
        var kept = (await store.PublicationsAsync(_none)).ToDictionary(static one => one.Revision);
        Assert.Equal(published.Count, kept.Count);
        foreach (var one in published)
        {
            Assert.Equal(one.Digest, kept[one.Revision].Digest);
            Assert.Equal(4_000, (await store.RowsAsync(new RowQuery { Dataset = "sample", Revision = one.Revision, Limit = 1 }, _none))!.Total);
            await using var state = await store.OpenAsync("sample", one.Revision, Attachment.State, _none);
            using var text = new StreamReader(state!);
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"state {one.Revision}"), await text.ReadToEndAsync());
        }

        Assert.Equal($"{counted}", Encoding.ASCII.GetString((await store.ReadDocumentAsync("count", _none))!.Content.Span));
        Assert.Equal(lines.Reverse(), (await store.TailAsync("audit", int.MaxValue, _none)).Select(static line => Encoding.ASCII.GetString(line.Span)));

        // tables of broken publications went with their transactions
        Assert.Equal([$"{kept.Count}"], PostgreSqlServer.Query(Address, "select count(*) from pg_class where relname ~ '^rows_[0-9]+$'"));
    }

    [Theory]
    [InlineData("postgresql://ic:p%40ss@db.example:6432/portal?sslmode=verify-full", "db.example", 6432, "ic", "p@ss", "portal")]
    [InlineData("postgres://db/", "db", 5432, null, null, null)]
    [InlineData("postgresql://ic@[::1]/ic", "::1", 5432, "ic", null, "ic")]
    [InlineData("postgresql:///ic?host=/run/postgresql", "/run/postgresql", 5432, null, null, "ic")]
    public void An_address_is_read_as_libpq_reads_it(string text, string host, int port, string? user, string? password, string? database)
    {
        Assert.True(PostgreSqlAddress.Is(text));
        var address = PostgreSqlAddress.Parse(text);
        Assert.Equal((host, port, user, password, database), (address.Host, address.Port, address.Username, address.Password, address.Database));
        Assert.DoesNotContain("p@ss", PostgreSqlAddress.WithoutPassword(text), StringComparison.Ordinal);
    }

    /// <summary>A draft whose attachments take a while, so that crashes hit these as well.</summary>
    private static PublicationDraft Slow(PublicationDraft draft) => draft with
    {
        Attachments = new Dictionary<Attachment, Action<Stream>>(draft.Attachments)
        {
            [Attachment.Manifest] = static stream =>
            {
                for (var i = 0; i < 20; i++)
                {
                    stream.Write(new byte[50_000]);
                    Thread.Sleep(5);
                }
            },
        },
    };

    private static async Task WaitAsync(Func<bool> isReached)
    {
        for (var i = 0; i < 1_200 && !isReached(); i++)
        {
            await Task.Delay(50);
        }
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IndicatorCore.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return folder;
    }

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex SqlBlock();
}
