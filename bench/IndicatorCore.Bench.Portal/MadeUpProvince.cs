using System.Collections;
using System.Diagnostics;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Bench.Portal;

/// <summary>Rows of a province in the order of interface 4, each made when it is looked at.</summary>
/// <param name="size">How large it is.</param>
/// <param name="months">How many windows there are; 1 for the whole span.</param>
internal sealed class MadeUpProvince(ProvinceSize size, int months) : IReadOnlyList<IndicatorRow>
{
    private const long NanosecondsPerTick = 100;
    private readonly string[] _ids = [.. size.Ids.Order(StringComparer.Ordinal)];
    private readonly List<KeyValuePair<string, string?>[]> _groups =
    [
        [KeyValuePair.Create("province", (string?)"辽宁")],
        .. Enumerable.Range(0, ProvinceSize.Cities).Select(static city => new[] { KeyValuePair.Create("city", (string?)ProvinceSize.City(city)) }),
        .. Enumerable.Range(0, size.Factories).Select(static factory => new[] { KeyValuePair.Create("factory", (string?)ProvinceSize.Factory(factory)) }),
    ];

    /// <inheritdoc/>
    public int Count => _groups.Count * months * _ids.Length;

    /// <inheritdoc/>
    public IndicatorRow this[int index]
    {
        get
        {
            var (rest, indicator) = Math.DivRem(index, _ids.Length);
            var (group, month) = Math.DivRem(rest, months);
            var start = Nanoseconds(ProvinceSize.Month(month));
            var end = Nanoseconds(ProvinceSize.Month(months == 1 ? size.Months : month + 1));
            var seed = unchecked(((uint)index * 2_654_435_761u) >> 12);
            var denominator = 1000 + (seed % 9000);
            var numerator = denominator - (seed % 700);
            var isSuppressed = seed % 97 == 0;
            return new IndicatorRow
            {
                Indicator = _ids[indicator],
                Definition = _ids[indicator] + "@1",
                Group = _groups[group],
                WindowStart = start,
                WindowEnd = end,
                Value = isSuppressed ? null : (double)numerator / denominator,
                Numerator = isSuppressed ? null : (ExactNumber?)numerator,
                Denominator = isSuppressed ? null : (ExactNumber?)denominator,
                Low = isSuppressed ? null : (numerator - 20d) / denominator,
                High = isSuppressed ? null : (numerator + 20d) / denominator,
                Status = isSuppressed ? ResultStatus.Suppressed : ResultStatus.Published,
                Reason = isSuppressed ? ResultReason.Disclosure : null,
                Evidence = isSuppressed ? null : new Evidence { Received = denominator, Valid = denominator, FirstTimestamp = start, LastTimestamp = end - 1_000_000_000, Completeness = 1 },
                Revision = 1,
            };
        }
    }

    /// <summary>Publishes a province.</summary>
    public static async Task PublishAsync(string folder, ProvinceSize size)
    {
        var since = Stopwatch.GetTimestamp();
        await using var store = new FolderStore(folder);
        await store.OpenAsync(CancellationToken.None);
        var publication = await store.PublishAsync(
            new PublicationDraft
            {
                Dataset = "province",
                Follows = 0,
                PublishedAt = TimeProvider.System.GetUtcNow(),
                Views = [KeyValuePair.Create("default", Report(new MadeUpProvince(size, 1))), KeyValuePair.Create("month", Report(new MadeUpProvince(size, size.Months)))],
                Places = [.. Enumerable.Range(0, size.Factories).Select(static factory => new Place(ProvinceSize.Factory(factory), $"{factory} 厂", "辽宁", ProvinceSize.City(factory % ProvinceSize.Cities), null, null, null, "C36", []))],
                Attachments = new Dictionary<Attachment, Action<Stream>> { [Attachment.Manifest] = static stream => stream.Write("{}"u8) },
            },
            CancellationToken.None);
        Console.WriteLine($"{publication.Rows:N0} rows published in {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s");
    }

    /// <inheritdoc/>
    public IEnumerator<IndicatorRow> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static long Nanoseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * NanosecondsPerTick;

    private static IndicatorReport Report(IReadOnlyList<IndicatorRow> rows) => new()
    {
        Rows = rows,
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"),
        Manifest = new ReportManifest { EngineVersion = "bench", Definitions = [], Profile = "cn-nr-a", Options = [], Inputs = [] },
    };
}
