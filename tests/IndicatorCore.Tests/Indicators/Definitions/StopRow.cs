using IndicatorCore.Columns;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Definitions;

/// <summary>A random stop, in minutes from 2024-03-01.</summary>
internal sealed record StopRow(int Start, int? End, string Line, string? Kind)
{
    public const int Minutes = 3 * 24 * 60;

    private static readonly string?[] s_kinds = ["failure", "故障", "Failure_Repair", "setup", "换型", "coffee", null];

    public bool IsMissing => End is null || Kind is null;

    public bool IsValid => !IsMissing && Kind != "coffee" && End >= Start;

    public bool IsFailure => IsValid && Kind is not ("setup" or "换型");

    /// <summary>Rows of three days and three lines; some stops come twice.</summary>
    public static StopRow[] Random(int seed, int count)
    {
        var random = new Random(seed);
        var rows = new List<StopRow>();
        while (rows.Count < count)
        {
            var start = random.Next(Minutes);
            rows.Add(random.Next(6) == 0 && rows.Count > 0
                ? rows[random.Next(rows.Count)]
                : new StopRow(start, random.Next(9) switch { 0 => null, 1 => start - 5, 2 => start, 3 => start + 2_000, _ => start + random.Next(300) }, $"L{random.Next(3)}", s_kinds[random.Next(s_kinds.Length)]));
        }

        return [.. rows];
    }

    public static ExportBuilder Export(IEnumerable<StopRow> rows, int batch = int.MaxValue)
    {
        var export = ExportBuilder.Table("downtime").Time("start_ts").Column("end_ts", ArrowType.Timestamp(TimeUnit.Second, "UTC")).Keys("line", "kind");
        var count = 0;
        foreach (var row in rows)
        {
            if (count++ % batch == batch - 1)
            {
                export.NextBatch();
            }

            export.Row(Text(row.Start), row.End is { } end ? Text(end) : null, row.Line, row.Kind);
        }

        return export;
    }

    private static string Text(int minute) => $"{new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMinutes(minute):yyyy-MM-dd HH:mm:ss}";
}
