using IndicatorCore.Columns;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Definitions;

/// <summary>A random row of production and of energy. Numbers are given in thousandths; null = absent.</summary>
internal sealed record ShopFloorRow
{
    public const int Infinite = int.MaxValue;
    public const int NotANumber = int.MinValue;

    public required int Minute { get; init; }

    public required string Line { get; init; }

    public required string? Product { get; init; }

    public required string? Unit { get; init; }

    public required int? Good { get; init; }

    public required int? Total { get; init; }

    public required int? Started { get; init; }

    public required int? FirstPass { get; init; }

    /// <summary>Milliseconds, as the other times.</summary>
    public required int? Planned { get; init; }

    public required int? Actual { get; init; }

    public required int? Ideal { get; init; }

    public required int? Energy { get; init; }

    /// <summary>The local day, counted from the first.</summary>
    public int Day => Minute / (24 * 60);

    public DateTime At => new DateTime(2024, 3, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMinutes(Minute);

    /// <summary>Rows of three days, three lines and two products.</summary>
    public static ShopFloorRow[] Random(int seed, int count)
    {
        var random = new Random(seed);
        var hasUnits = random.Next(2) == 0;
        return [.. Enumerable.Range(0, count).Select(_ => new ShopFloorRow
        {
            Minute = random.Next(3 * 24 * 60),
            Line = $"L{random.Next(3)}",
            Product = random.Next(7) == 0 ? null : $"P{random.Next(2)}",
            Unit = hasUnits ? (random.Next(4) == 0 ? null : random.Next(30) == 0 ? "t" : "件") : null,
            Good = Number(random, 200_000),
            Total = Number(random, 220_000),
            Started = Number(random, 220_000),
            FirstPass = Number(random, 200_000),
            Planned = Number(random, 28_800_000),
            Actual = Number(random, 25_000_000),
            Ideal = Number(random, 100_000),
            Energy = Number(random, 900_000),
        })];
    }

    /// <summary>Whether a value is VALID.</summary>
    public static bool IsValid(int? value) => value is not (null or NotANumber or Infinite);

    /// <summary>Whether a value is MISSING.</summary>
    public static bool IsMissing(int? value) => value is null or NotANumber;

    /// <summary>The rows as production.</summary>
    public static ExportBuilder Production(IEnumerable<ShopFloorRow> rows, int batch = int.MaxValue)
    {
        var export = ExportBuilder.Table("production").Time("interval_start").Keys("line", "product", "unit")
            .Numbers("q_good", "q_total").Column("q_started", ArrowType.Decimal128(18, 3)).Numbers("q_first_pass", "planned_busy_s", "actual_s", "ideal_s_per_unit");
        Fill(export, batch, rows, static row => [
            Text(row), row.Line, row.Product, row.Unit, Double(row.Good), Double(row.Total), IsValid(row.Started) ? row.Started / 1_000m : null,
            Double(row.FirstPass), Double(row.Planned), Double(row.Actual), Double(row.Ideal)]);
        return export;
    }

    /// <summary>The rows as energy, with its own output.</summary>
    public static ExportBuilder Electricity(IEnumerable<ShopFloorRow> rows, int batch = int.MaxValue)
    {
        var export = ExportBuilder.Table("energy").Time("interval_start").Keys("line", "product", "unit").Numbers("kwh", "q_good");
        Fill(export, batch, rows, static row => [Text(row), row.Line, row.Product, row.Unit, Double(row.Energy), Double(row.Good)]);
        return export;
    }

    private static void Fill(ExportBuilder export, int batch, IEnumerable<ShopFloorRow> rows, Func<ShopFloorRow, object?[]> cells)
    {
        var count = 0;
        foreach (var row in rows)
        {
            if (count++ % batch == batch - 1)
            {
                export.NextBatch();
            }

            export.Row(cells(row));
        }
    }

    private static string Text(ShopFloorRow row) => $"{row.At:yyyy-MM-dd HH:mm:ss}";

    private static int? Number(Random random, int most) =>
        random.Next(14) switch { 0 => null, 1 => NotANumber, 2 => Infinite, 3 or 4 => 0, 5 => -random.Next(1_000), _ => random.Next(most) };

    private static object? Double(int? value) => value switch { null => null, NotANumber => double.NaN, Infinite => double.PositiveInfinity, var milli => milli / 1_000.0 };
}
