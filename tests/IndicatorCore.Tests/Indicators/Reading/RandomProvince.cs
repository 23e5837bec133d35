using System.Globalization;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Reading;

/// <summary>Small provinces of any shape: dense, by shifts, in bursts, with repeated rows, in any order; and queries for them.</summary>
internal static class RandomProvince
{
    private const string Definitions = """
        { "indicators": [
          { "id": "own_n", "table": "energy", "aggregate": "count" },
          { "id": "own_max", "table": "energy", "aggregate": "max", "column": "kwh" },
          { "id": "own_p90", "table": "energy", "aggregate": "quantile", "q": 0.9, "column": "kwh" },
          { "id": "own_lines", "table": "energy", "aggregate": "distinct", "column": "product" } ] }
        """;

    /// <summary>Writes one to a folder and returns what is asked of it.</summary>
    public static IndicatorQuery Write(string folder, Random random)
    {
        var files = 1 + random.Next(3);
        var shape = random.Next(4);
        for (var file = 0; file < files; file++)
        {
            var (name, export) = random.Next(3) switch
            {
                0 => ("energy", ExportBuilder.Table("energy").Time("interval_start").Keys("line", "product").Numbers("kwh")),
                1 => ("production", ExportBuilder.Table("production").Time("interval_start").Keys("line", "product").Numbers("q_good")),
                _ => ("radio", ExportBuilder.Table("radio").Time("event_ts").Keys("line", "cell").Numbers("rsrp_dbm", "sinr_db")),
            };
            Fill(export, random, shape, measures: name == "radio" ? 2 : 1);
            File.WriteAllBytes(Path.Combine(folder, $"{name}-{file}.arrow"), export.ToBytes(compress: random.Next(2) == 0));
        }

        return Reports.NoFloor with
        {
            Window = random.Next(4) switch { 0 => Window.Day, 1 => Window.All, _ => Window.Hour },
            GroupBy = random.Next(3) switch { 0 => [], 1 => ["line"], _ => ["line,product"] },
            UserDefined = random.Next(2) == 0 ? UserIndicatorSet.Parse(Definitions, "own") : null,
            Dedup = random.Next(5) == 0 ? DedupPolicy.None : DedupPolicy.Export,
        };
    }

    private static void Fill(ExportBuilder export, Random random, int shape, int measures)
    {
        var lines = 1 + random.Next(60);
        var hours = 4 + random.Next(200);
        var products = 1 + random.Next(3);
        var rows = new List<object?[]>();
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        for (var hour = 0; hour < hours && rows.Count < 6_000; hour++)
        {
            // a third of the day, or two spells half a year apart
            var at = start.AddHours(shape switch { 1 => (hour / 8 * 24) + (hour % 8), 2 when hour > hours / 2 => hour + 4_000, _ => hour });
            for (var line = 0; line < lines; line++)
            {
                for (var repeat = shape == 3 ? random.Next(6) : 1; repeat > 0; repeat--)
                {
                    rows.Add([at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), $"L{line}", $"P{random.Next(products)}", .. Enumerable.Repeat<object?>(random.Next(50) - 110.0, measures)]);
                }
            }
        }

        var order = random.Next(3);
        var all = rows.ToArray();
        if (order == 0)
        {
            random.Shuffle(all);
        }
        else if (order == 1)
        {
            all = [.. all.OrderBy(static row => (string)row[1]!, StringComparer.Ordinal)];
        }

        var batch = 16 + random.Next(200);
        for (var i = 0; i < all.Length; i++)
        {
            export.Row(all[i]);
            if (i % batch == batch - 1)
            {
                export.NextBatch();
            }
        }
    }
}
