using System.Diagnostics;
using System.Globalization;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;
using IndicatorCore.PostgreSql;
using Xunit.Abstractions;

namespace IndicatorCore.Portal.Tests.Storage;

/// <summary>
/// A province of factories, 24 months and 20 indicators: how fast it is written and asked. INDICATORCORE_LOAD_FACTORIES says how many factories (10,000 are 4.8 million rows);
/// CI takes few, and holds what does not depend on the machine.
/// </summary>
[Collection(nameof(PostgreSqlTests))]
[Trait("Category", "Slow")]
public sealed class PostgreSqlLoadTests(PostgreSqlServer server, ITestOutputHelper output)
{
    private const int Months = 24;
    private const int Indicators = 20;
    private const int Cities = 14;

    private static int Factories { get; } = int.TryParse(Environment.GetEnvironmentVariable("INDICATORCORE_LOAD_FACTORIES"), CultureInfo.InvariantCulture, out var count) ? count : 250;

    [SkippableFact]
    public async Task A_province_is_written_and_asked()
    {
        var address = server.NewDatabase();
        await using var store = new PostgreSqlStore(address);
        await store.OpenAsync(default);
        var rows = new GeneratedRows();
        var draft = Drafts.Make("province", rows: []) with
        {
            Places = [.. Enumerable.Range(0, Factories).Select(static factory => new Place(Factory(factory), Factory(factory), "辽宁", City(factory), null, null, null, null, []))],
            Views = [KeyValuePair.Create("month", Drafts.Report(rows))],
        };
        var started = Stopwatch.GetTimestamp();
        var published = await store.PublishAsync(draft, default);
        var elapsed = Stopwatch.GetElapsedTime(started);
        Assert.Equal((long)Factories * Months * Indicators, published.Rows);
        output.WriteLine($"{published.Rows} rows in {elapsed.TotalSeconds:0.0} s: {published.Rows / elapsed.TotalSeconds:0} rows/s");
        foreach (var size in PostgreSqlServer.Query(address, "select c.relname, pg_size_pretty(pg_total_relation_size(c.oid)), pg_size_pretty(pg_indexes_size(c.oid)) from pg_class c where c.relname ~ '^rows_[0-9]+$'"))
        {
            output.WriteLine($"table, with indexes, indexes: {size}");
        }

        var all = new RowQuery { Dataset = "province", View = "month", Level = "factory" };
        await MeasureAsync(store, "a page of an indicator", i => all with { Indicators = [Indicator(i % Indicators)] });
        await MeasureAsync(store, "a page of an indicator and a month", i => all with { Indicators = [Indicator(i % Indicators)], From = Start(i % Months) + 1, To = Start((i % Months) + 1) });
        await MeasureAsync(store, "a page of a city's key", i => all with { Indicators = [Indicator(i % Indicators)], Within = [new(PlaceKind.City, City(i % Cities))] });
        await MeasureAsync(store, "the ranking of a month", i => all with { Indicators = [Indicator(i % Indicators)], From = Start(i % Months) + 1, To = Start((i % Months) + 1), Sort = RowSort.ValueDescending });
        await MeasureAsync(store, "all of a factory", i => all with { Group = [KeyValuePair.Create("factory", (string?)Factory(i * 7919 % Factories))], Limit = 1_000 });
        await MeasureAsync(store, "a series of a factory", i => all with { Indicators = [Indicator(i % Indicators)], Group = [KeyValuePair.Create("factory", (string?)Factory(i * 7919 % Factories))] });
        await MeasureAsync(store, "a factory's key", i => all with { Indicators = [Indicator(i % Indicators)], Within = [new(PlaceKind.Factory, Factory(i * 7919 % Factories))] });
        await MeasureAsync(store, "everything, a page", static i => new RowQuery { Dataset = "province", View = "month", Offset = i * 100 });

        var page = (await store.RowsAsync(all with { Indicators = [Indicator(3)], Within = [new(PlaceKind.City, City(3))] }, default))!;
        Assert.Equal(Enumerable.Range(0, Factories).Count(static factory => City(factory) == City(3)) * Months, page.Total);
        var ranked = (await store.RowsAsync(all with { Indicators = [Indicator(3)], Sort = RowSort.ValueDescending, Limit = 5 }, default))!;
        Assert.Equal(rows.Select(static (row, number) => (row, number)).Where(static pair => pair.row.Indicator == Indicator(3)).OrderByDescending(static pair => pair.row.Value).ThenBy(static pair => pair.number)
            .Take(5).Select(static pair => (long)pair.number), ranked.Rows.Select(static row => row.Number));
    }

    private async Task MeasureAsync(PostgreSqlStore store, string name, Func<int, RowQuery> query)
    {
        const int Rounds = 200;
        var times = new List<double>();
        var first = 0.0;
        for (var i = 0; i < Rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            Assert.NotNull(await store.RowsAsync(query(i), default));
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            first = i == 0 ? elapsed : first;
            times.Add(elapsed);
        }

        times.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: first {first:0.0} ms, p50 {times[Rounds / 2]:0.0} ms, p99 {times[Rounds * 99 / 100]:0.0} ms"));
        Assert.InRange(times[Rounds / 2], 0, 2_000);
    }

    private static string Factory(int number) => string.Create(CultureInfo.InvariantCulture, $"F{number:00000}");

    private static string City(int factory) => string.Create(CultureInfo.InvariantCulture, $"城市{factory % Cities:00}");

    private static string Indicator(int number) => string.Create(CultureInfo.InvariantCulture, $"indicator_{number:00}");

    private static long Start(int month) => Drafts.January + (month * 30L * 86_400_000_000_000);

    /// <summary>Rows that are made when they are looked at, in the order of results: group, window, indicator.</summary>
    private sealed class GeneratedRows : IReadOnlyList<IndicatorRow>
    {
        public int Count => Factories * Months * Indicators;

        public IndicatorRow this[int index] => Make(index, Group(index / (Months * Indicators)));

        public IEnumerator<IndicatorRow> GetEnumerator()
        {
            IReadOnlyList<KeyValuePair<string, string?>> group = [];
            for (var index = 0; index < Count; index++)
            {
                if (index % (Months * Indicators) == 0)
                {
                    group = Group(index / (Months * Indicators));
                }

                yield return Make(index, group);
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        private static IReadOnlyList<KeyValuePair<string, string?>> Group(int factory) => [KeyValuePair.Create("factory", (string?)Factory(factory))];

        private static IndicatorRow Make(int index, IReadOnlyList<KeyValuePair<string, string?>> group)
        {
            var month = index / Indicators % Months;
            return new IndicatorRow
            {
                Indicator = Indicator(index % Indicators),
                Definition = Indicator(index % Indicators) + "@1",
                Group = group,
                WindowStart = Start(month),
                WindowEnd = Start(month + 1),
                Value = (index * 2_654_435_761L & 0xffff_ffff) / 4_294_967_296.0,
                Low = 0.1,
                High = 0.9,
                Numerator = index,
                Denominator = 4_294_967_296L,
                Status = ResultStatus.Published,
                Evidence = new Evidence { Received = 1000 + index, Valid = 1000 + index, FirstTimestamp = Start(month), LastTimestamp = Start(month + 1), Expected = 2000, Completeness = 0.5 },
            };
        }
    }
}
