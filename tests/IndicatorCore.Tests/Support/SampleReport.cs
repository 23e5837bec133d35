using System.Numerics;
using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Support;

/// <summary>A small report with every kind of row: the contract's example, a null group, a suppressed row, a phase indicator.</summary>
internal static class SampleReport
{
    public const long March = 1_709_222_400_000_000_000;   // 2024-03-01T00:00+08:00
    public const long April = 1_711_900_800_000_000_000;   // 2024-04-01T00:00+08:00

    public static TimeZoneInfo Shanghai { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>The row of interface 4.</summary>
    public static IndicatorRow Contract { get; } = new()
    {
        Indicator = "cov_sample",
        Definition = "cov_sample@1",
        Group = [KeyValuePair.Create("factory", (string?)"F001")],
        WindowStart = March,
        WindowEnd = April,
        Value = 0.9267095982827354,
        Numerator = 3022,
        Denominator = 3261,
        Status = ResultStatus.Published,
        Evidence = new Evidence
        {
            Received = 3261,
            Valid = 3022,
            Unserved = 239,
            FirstTimestamp = March + 1,
            LastTimestamp = April - 1_000_000_000,
        },
    };

    public static IndicatorRow Suppressed { get; } = new()
    {
        Indicator = "knr",
        Definition = "knr@1",
        Group = [KeyValuePair.Create("factory", (string?)null)],
        Status = ResultStatus.Suppressed,
        Reason = ResultReason.Disclosure,
    };

    public static IndicatorRow Phases { get; } = new()
    {
        Indicator = "eff_gain",
        Definition = "eff_gain@1",
        Group = [KeyValuePair.Create("factory", (string?)"沈阳\"一\"厂, 𠮷")],
        WindowStart = March,
        WindowEnd = April,
        Value = 0.1,
        Low = -0.25,
        High = 1,
        Numerator = new ExactNumber(BigInteger.Parse("12345678901234567890123"), 3),
        Denominator = new ExactNumber(9007199254740993),
        Status = ResultStatus.PublishedWithWarning,
        Flags = ResultFlags.Simpson | ResultFlags.NoSeasonMatch,
        Evidence = new Evidence
        {
            Received = 10,
            Quarantined = [KeyValuePair.Create("FUTURE", 2L), KeyValuePair.Create("UNPARSEABLE", 1L)],
            Expected = new ExactNumber(125, 1),
            Completeness = 0.56,
            Additional =
            [
                KeyValuePair.Create("profile", new EvidenceValue { Text = "cn-nr-a" }),
                KeyValuePair.Create("baseline_start", new EvidenceValue { Instant = March }),
                KeyValuePair.Create("matched_share_base", new EvidenceValue { Number = 0.95 }),
                KeyValuePair.Create("n_days_base", new EvidenceValue { Count = 30 }),
                KeyValuePair.Create("evidence_ids", new EvidenceValue { Texts = ["E-1", "E-2"] }),
            ],
        },
        Revision = 2,
    };

    public static IndicatorReport Whole { get; } = Of(Suppressed, Contract, Phases);

    public static IndicatorReport Of(params IReadOnlyList<IndicatorRow> rows) => new()
    {
        Rows = rows,
        TimeZone = Shanghai,
        Manifest = new ReportManifest
        {
            EngineVersion = "0.1.0",
            Definitions = ["cov_sample@1", "eff_gain@1", "knr@1"],
            Profile = "cn-nr-a",
            Options = [KeyValuePair.Create("by", "factory")],
            Inputs = [new ManifestInput { Name = "a.arrow", Tables = "radio", Bytes = 4096, BytesRead = 2048, Rows = 3261, Batches = 2 }],
            ReferenceDate = April,
            Rows = 3261,
            RowDigest = ResultDigest.Compute(rows, Shanghai),
        },
    };
}
