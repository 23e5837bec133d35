using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;

namespace IndicatorCore.Tests.Support;

/// <summary>Runs the engine over small exports and finds rows in its reports.</summary>
internal static class Reports
{
    /// <summary>A query without floors over one window, on two threads.</summary>
    public static IndicatorQuery NoFloor { get; } = new() { Profile = DefinitionProfile.TestNoFloor, Window = Window.All, Threads = 2 };

    /// <summary>Reads the exports as streams, in the order given, and reports.</summary>
    public static IndicatorReport Of(IndicatorQuery query, params ExportBuilder[] exports)
    {
        using var engine = Engine(query, exports);
        return engine.Finish();
    }

    /// <summary>An engine that has read the exports as streams.</summary>
    public static IndicatorEngine Engine(IndicatorQuery query, params ExportBuilder[] exports)
    {
        var engine = new IndicatorEngine(query);
        foreach (var export in exports)
        {
            Read(engine, export);
        }

        return engine;
    }

    /// <summary>Reads one export as a stream.</summary>
    public static void Read(IndicatorEngine engine, ExportBuilder export) => ReadStream(engine, export.ToBytes(IpcFormat.Stream));

    /// <summary>Reads the bytes of a stream.</summary>
    public static void ReadStream(IndicatorEngine engine, byte[] bytes) =>
        engine.ReadAsync(PipeReader.Create(new MemoryStream(bytes)), "export").GetAwaiter().GetResult();

    /// <summary>Reads batches in memory.</summary>
    public static void ReadLeases(IndicatorEngine engine, IEnumerable<BatchLease> leases) => engine.ReadAsync(leases).GetAwaiter().GetResult();

    /// <summary>Reads files or folders as one export.</summary>
    public static void ReadFiles(IndicatorEngine engine, params string[] paths) => engine.ReadAsync(paths).GetAwaiter().GetResult();

    /// <summary>Reads files and reports.</summary>
    public static IndicatorReport OfFiles(IndicatorQuery query, params string[] paths)
    {
        using var engine = new IndicatorEngine(query);
        engine.ReadAsync(paths).GetAwaiter().GetResult();
        return engine.Finish();
    }

    /// <summary>The only row of an indicator in a group; <paramref name="group"/> as in <c>factory=F1,line=L1</c>, <c>factory=</c> for null.</summary>
    public static IndicatorRow Row(this IndicatorReport report, string indicator, string group = "", string? windowStart = null)
    {
        var rows = report.RowsOf(indicator, group).Where(row => windowStart is null || row.WindowStart == Nanoseconds(windowStart)).ToList();
        return rows switch
        {
            [var only] => only,
            _ => throw new InvalidOperationException($"{rows.Count} rows of {indicator} in '{group}' among {report.Rows.Count}:\n{Lines(report)}"),
        };
    }

    /// <summary>The rows of an indicator in a group, by window.</summary>
    public static IReadOnlyList<IndicatorRow> RowsOf(this IndicatorReport report, string indicator, string group = "") =>
        [.. report.Rows.Where(row => row.Indicator == indicator && GroupText(row) == group)];

    /// <summary>A group as text.</summary>
    public static string GroupText(IndicatorRow row) => string.Join(',', row.Group.Select(static pair => $"{pair.Key}={pair.Value}"));

    /// <summary>Numerator and denominator as <c>2/7</c>.</summary>
    public static string Fraction(this IndicatorRow row) => $"{row.Numerator}/{row.Denominator}";

    /// <summary>Flags as text.</summary>
    public static string FlagText(this IndicatorRow row) => string.Join(' ', ResultNames.Of(row.Flags));

    /// <summary>Status and reason as <c>SUPPRESSED(TOO_FEW_DAYS)</c>.</summary>
    public static string StatusText(this IndicatorRow row) =>
        ResultNames.Of(row.Status) + (row.Reason is { } reason ? $"({ResultNames.Of(reason)})" : string.Empty);

    /// <summary>The window as local dates or times in Shanghai.</summary>
    public static string WindowText(this IndicatorRow row) => $"{Local(row.WindowStart)}..{Local(row.WindowEnd)}";

    /// <summary>An additional value of the evidence as local time, number or text.</summary>
    public static string? Evidence(this IndicatorRow row, string key)
    {
        var value = row.Evidence!.Additional.Single(pair => pair.Key == key).Value;
        return value.Instant is { } instant ? Local(instant)
            : value.Number?.ToString("R", CultureInfo.InvariantCulture) ?? value.Count?.ToString(CultureInfo.InvariantCulture) ?? value.Text;
    }

    /// <summary>Quarantined rows as <c>FUTURE=2 MISSING_TIME=1</c>.</summary>
    public static string Text(IEnumerable<KeyValuePair<string, long>> counts) => string.Join(' ', counts.Select(static pair => $"{pair.Key}={pair.Value}"));

    /// <summary>UTC nanoseconds since 1970 of a Shanghai local time.</summary>
    public static long Nanoseconds(string local) => ExportBuilder.Ticks(local) * 100;

    /// <summary>The rows as ndjson.</summary>
    public static string Lines(IndicatorReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var row in report.Rows)
        {
            ResultRowJson.Write(buffer, row, report.TimeZone);
            buffer.Write("\n"u8);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Two reports hold the same rows; shows the first that differs.</summary>
    public static void AssertSame(IndicatorReport expected, IndicatorReport actual)
    {
        if (expected.Manifest.RowDigest != actual.Manifest.RowDigest)
        {
            Assert.Equal(Lines(expected).Split('\n'), Lines(actual).Split('\n'));
            Assert.Fail("The digests differ, the rows do not.");
        }
    }

    private static string Local(long? nanoseconds)
    {
        if (nanoseconds is not { } known)
        {
            return "null";
        }

        var local = DateTime.UnixEpoch.AddTicks(known / 100).AddHours(8);
        return local.ToString(local.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
