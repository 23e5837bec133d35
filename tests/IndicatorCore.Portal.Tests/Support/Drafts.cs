using System.Text;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Tests.Support;

/// <summary>Drafts that are small and have everything: two provinces, levels, windows, an unassigned group, rows without value or window.</summary>
internal static class Drafts
{
    public const long January = 1_704_038_400_000_000_000;   // 2024-01-01T00:00+08:00
    public const long February = January + (31 * Day);
    public const long March = February + (29 * Day);
    private const long Day = 86_400_000_000_000;

    public static TimeZoneInfo Shanghai { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static IReadOnlyList<Place> Places { get; } =
    [
        new("F001", "甲厂", "辽宁", "大连", "金州", null, null, "C36", ["L1", "L2"]),
        new("F002", "乙厂", "辽宁", "沈阳", null, null, null, "C36", ["L3"]),
        new("F003", "F003", "吉林", "长春", null, null, null, null, ["L4"]),
    ];

    /// <summary>A draft whose figures depend on its revision.</summary>
    public static PublicationDraft Make(string dataset = "sample", int follows = 0, IReadOnlyList<IndicatorRow>? rows = null) => new()
    {
        Dataset = dataset,
        Follows = follows,
        PublishedAt = new DateTimeOffset(2024, 5, 1, 8, 0, 0, TimeSpan.Zero).AddDays(follows),
        Views = [KeyValuePair.Create("default", Report(rows ?? Default(follows))), KeyValuePair.Create("month", Report(Months(follows)))],
        Places = Places,
        Attachments = new Dictionary<Attachment, Action<Stream>>
        {
            [Attachment.Manifest] = static stream => stream.Write("{\"inputs\":[]}"u8),
            [Attachment.State] = stream => stream.Write(Encoding.UTF8.GetBytes($"state {follows + 1}")),
        },
        Changes = follows == 0 ? null : 3,
    };

    public static IReadOnlyList<IndicatorRow> Default(int salt) =>
    [
        Row("knr", [("province", "吉林")], January, March, 0.5),
        Row("knr", [("province", "辽宁")], January, March, 0.7),
        Row("knr", [("city", null)], January, March, 0.1),
        Row("cov_sample", [("city", "大连")], January, March, null),
        Row("knr", [("city", "大连")], January, March, 0.9),
        Row("knr", [("city", "沈阳")], January, March, 0.8),
        Row("knr", [("city", "长春")], January, March, 0.5),
        Row("cov_sample", [("factory", "F001")], January, March, 0.25 + salt),
        Row("knr", [("factory", "F001")], January, March, 0.9),
        Row("knr", [("factory", "F002")], January, March, 0.8),
        Row("eff_gain", [("factory", "F003")], null, null, null),
        Row("knr", [("factory", "F003")], January, March, 0.5),
        Row("knr", [("factory", "F001"), ("line", "L1")], January, March, 0.75),
        Row("knr", [("factory", "F001"), ("line", null)], January, March, 1),
        Row("knr", [("industry", "C36")], January, March, 0.85),
        Row("knr", [], January, March, 0.66),
    ];

    private static List<IndicatorRow> Months(int salt)
    {
        var rows = new List<IndicatorRow>();
        foreach (var (factory, base_) in new[] { ("F001", 0.9), ("F002", 0.8), ("F003", 0.5) })
        {
            rows.Add(Row("cov_sample", [("factory", factory)], January, February, base_ - 0.2));
            rows.Add(Row("knr", [("factory", factory)], January, February, base_));
            rows.Add(Row("cov_sample", [("factory", factory)], February, March, base_ - 0.1 + salt));
            rows.Add(Row("knr", [("factory", factory)], February, March, base_));
        }

        return rows;
    }

    public static IndicatorReport Report(IReadOnlyList<IndicatorRow> rows) => new()
    {
        Rows = rows,
        TimeZone = Shanghai,
        Manifest = new ReportManifest { EngineVersion = "0.1.0", Definitions = [], Profile = "cn-nr-a", Options = [], Inputs = [], ReferenceDate = March },
    };

    public static IndicatorRow Row(string indicator, (string Key, string? Value)[] group, long? start, long? end, double? value) => new()
    {
        Indicator = indicator,
        Definition = indicator + "@1",
        Group = [.. group.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value))],
        WindowStart = start,
        WindowEnd = end,
        Value = value,
        Status = value is null ? ResultStatus.Suppressed : ResultStatus.Published,
        Reason = value is null ? ResultReason.Disclosure : null,
        Evidence = value is null ? null : new Evidence { Received = 10, Valid = 10, FirstTimestamp = start, LastTimestamp = end },
    };
}
