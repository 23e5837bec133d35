using IndicatorCore.Columns;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.UserDefined;

/// <summary>A random wide row. Numbers are given in thousandths; null = absent.</summary>
internal sealed record WideRow
{
    public const int Infinite = int.MaxValue;
    public const int NotANumber = int.MinValue;

    public required int Minute { get; init; }

    public required string? Line { get; init; }

    public required string? Device { get; init; }

    public required bool? IsKey { get; init; }

    public required bool? Online { get; init; }

    public required int? Latency { get; init; }

    public required int? Energy { get; init; }

    public required string? Mode { get; init; }

    /// <summary>The latency where it is VALID under a range of 0 to 30, with 7.5 as a sentinel.</summary>
    public int? ValidLatency => Latency is >= 0 and <= 30_000 and not 7_500 ? Latency : null;

    public bool IsLatencyMissing => Latency is null or NotANumber;

    /// <summary>Rows of three days, three lines, six devices.</summary>
    public static WideRow[] Random(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new WideRow
        {
            Minute = random.Next(3 * 24 * 60),
            Line = Maybe(random, () => $"L{random.Next(3)}"),
            Device = Maybe(random, () => $"D{random.Next(6)}"),
            IsKey = random.Next(6) == 0 ? null : random.Next(2) == 0,
            Online = random.Next(6) == 0 ? null : random.Next(3) > 0,
            Latency = random.Next(12) switch { 0 => null, 1 => NotANumber, 2 => Infinite, 3 => 7_500, 4 => -random.Next(5_000), 5 => 30_000 + random.Next(2), _ => random.Next(40_000) },
            Energy = random.Next(8) == 0 ? null : random.Next(-50_000, 500_000),
            Mode = Maybe(random, () => random.Next(3) switch { 0 => "auto", 1 => "手动", _ => "off" }),
        })];
    }

    /// <summary>The rows as a wide export, in batches.</summary>
    public static ExportBuilder Export(IEnumerable<WideRow> rows, int batch)
    {
        var export = ExportBuilder.Table("telemetry").Time("event_ts").Keys("line", "device").Column("is_key", ExportBuilder.Flag)
            .Column("online", ArrowType.Int(8)).Numbers("latency_ms").Column("energy_kwh", ArrowType.Decimal128(20, 3)).Column("mode", ExportBuilder.Text);
        var count = 0;
        foreach (var row in rows)
        {
            if (count++ % batch == batch - 1)
            {
                export.NextBatch();
            }

            var at = new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(row.Minute);
            object? latency = row.Latency switch { null => null, NotANumber => double.NaN, Infinite => double.PositiveInfinity, var milli => milli / 1_000.0 };
            export.Row(
                at.ToString("yyyy-MM-dd HH:mm:ss"), row.Line, row.Device, row.IsKey, row.Online is null ? null : row.Online.Value ? 1 : 0, latency, row.Energy is null ? null : row.Energy / 1_000m, row.Mode);
        }

        return export;
    }

    private static string? Maybe(Random random, Func<string> text) => random.Next(7) == 0 ? null : text();
}
