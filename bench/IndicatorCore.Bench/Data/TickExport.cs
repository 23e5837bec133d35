using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Bench.Data;

/// <summary>Telemetry of 40 lines of 50 devices that all report once a tick: by time, so that rows come in runs of a line, or shuffled.</summary>
internal static class TickExport
{
    /// <summary>Rows of a file.</summary>
    public const int Rows = Ticks * Lines * DevicesALine;

    /// <summary>Twelve figures: counts with conditions, sums and extremes.</summary>
    public const string Figures = """
        {
          "table": "telemetry",
          "indicators": [
            { "id": "rows", "aggregate": "count" },
            { "id": "online", "aggregate": "count", "where": { "online": true } },
            { "id": "key", "aggregate": "count", "where": { "is_key": true } },
            { "id": "key_online", "aggregate": "count", "where": { "is_key": true, "online": true } },
            { "id": "covered", "aggregate": "count", "where": { "rsrp_dbm": { "ge": -105 }, "sinr_db": { "ge": -3 } } },
            { "id": "radio", "aggregate": "count", "where": { "rsrp_dbm": { "valid": true }, "sinr_db": { "valid": true } } },
            { "id": "good", "aggregate": "sum", "column": "q_good" },
            { "id": "work", "aggregate": "sum", "column": "labour_s" },
            { "id": "energy", "aggregate": "sum", "column": "kwh" },
            { "id": "cost", "aggregate": "sum", "column": "amount_cny" },
            { "id": "lat_min", "aggregate": "min", "column": "latency_ms" },
            { "id": "lat_max", "aggregate": "max", "column": "latency_ms" }
          ]
        }
        """;

    /// <summary>Key devices that were online, each counted once a line and hour.</summary>
    public const string Distinct = """
        {
          "table": "telemetry",
          "indicators": [{ "id": "key_devices", "aggregate": "distinct", "column": "device", "where": { "is_key": true, "online": true } }]
        }
        """;

    /// <summary>The 95th percentile of latency.</summary>
    public const string Quantile = """
        { "table": "telemetry", "indicators": [{ "id": "p95", "aggregate": "quantile", "q": 0.95, "column": "latency_ms" }] }
        """;

    /// <summary>The source profile of the files.</summary>
    public const string Profile = """{ "name": "ticks", "table": "telemetry", "zone": "UTC" }""";

    private const int Ticks = 48;
    private const int Lines = 40;
    private const int DevicesALine = 50;
    private const int BatchRows = 16_384;
    private const long Start = 1_763_596_800_000;
    private const long TickMilliseconds = 900_000;

    private static readonly Schema s_schema = new()
    {
        Fields =
        [
            new() { Name = "event_ts", Type = ArrowType.Timestamp(TimeUnit.Millisecond, "UTC") },
            Key("factory", 0),
            Key("line", 1),
            Key("device", 2),
            new() { Name = "is_key", Type = ArrowType.Of(ArrowTypeId.Bool) },
            new() { Name = "online", Type = ArrowType.Of(ArrowTypeId.Bool) },
            new() { Name = "rsrp_dbm", Type = ArrowType.Float(32) },
            new() { Name = "sinr_db", Type = ArrowType.Float(32) },
            new() { Name = "latency_ms", Type = ArrowType.Float(32) },
            new() { Name = "q_good", Type = ArrowType.Int(32) },
            new() { Name = "labour_s", Type = ArrowType.Int(32) },
            new() { Name = "kwh", Type = ArrowType.Float(64) },
            new() { Name = "amount_cny", Type = ArrowType.Float(64) },
        ],
    };

    /// <summary>The query of definitions by line and hour.</summary>
    public static IndicatorQuery Query(string definitions, int threads)
    {
        var indicators = UserIndicatorSet.Parse(definitions, "figures");
        return Query(threads) with { UserDefined = indicators, Select = [.. indicators.Indicators.Select(static indicator => indicator.Id)] };
    }

    /// <summary>All built-in indicators by line and day.</summary>
    public static IndicatorQuery BuiltIn(int threads) => Query(threads) with { Window = Window.Day };

    /// <summary>Writes a file of <see cref="Rows"/> rows, always the same.</summary>
    public static void Write(string path, bool shuffled, bool compress)
    {
        int[] order = [.. Enumerable.Range(0, Rows)];
        if (shuffled)
        {
            new Random(7).Shuffle(order);
        }

        using var output = File.Create(path);
        using var writer = new IpcWriter(output, s_schema, new IpcWriterOptions { Compress = compress });
        var batch = new BatchBuilder(s_schema);
        batch[1].Declare(Enumerable.Range(0, Lines / 10).Select(Factory));
        batch[2].Declare(Enumerable.Range(0, Lines).Select(Line));
        batch[3].Declare(Enumerable.Range(0, Lines * DevicesALine).Select(Device));
        foreach (var rows in order.Chunk(BatchRows))
        {
            foreach (var row in rows)
            {
                Append(batch, row);
            }

            writer.Write(batch);
            batch.Clear();
        }

        writer.Complete();
    }

    private static IndicatorQuery Query(int threads) => new()
    {
        GroupBy = ["line"],
        Window = Window.Hour,
        TimeZone = "UTC",
        Dedup = DedupPolicy.None,
        Threads = threads,
        Source = SourceProfile.Parse(Profile, "ticks"),
    };

    private static Field Key(string name, int dictionary) => new()
    {
        Name = name,
        Type = ArrowType.Of(ArrowTypeId.Utf8),
        Dictionary = new DictionaryEncoding(dictionary, ArrowType.Int(32)),
    };

    // drawn from the row's own number, so that the order of rows changes no value
    private static void Append(BatchBuilder batch, int row)
    {
        var random = new Random(row);
        var (tick, device) = (row / (Lines * DevicesALine), row % (Lines * DevicesALine));
        var line = device / DevicesALine;
        var online = random.Next(100) < 93;
        batch[0].AppendInt64(Start + (tick * TickMilliseconds) + random.Next(60_000));
        batch[1].AppendString(Factory(line / 10));
        batch[2].AppendString(Line(line));
        batch[3].AppendString(Device(device));
        batch[4].AppendBool(device % 9 < 2);
        batch[5].AppendBool(online);
        var isMeasured = online && random.Next(100) >= 2;
        Reading(batch[6], isMeasured, -70 - (random.Next(90) / 2.0));
        Reading(batch[7], isMeasured, (random.Next(350) / 10.0) - 8);
        batch[8].AppendDouble(4 + (random.Next(4_000) / 100.0));
        batch[9].AppendInt64(online ? random.Next(40) : 0);
        batch[10].AppendInt64(online ? random.Next(865) : 0);
        batch[11].AppendDouble(random.Next(2_000) / 1_000.0);
        batch[12].AppendDouble(random.Next(20_000) / 10_000.0);
    }

    private static void Reading(ColumnBuilder column, bool isMeasured, double value)
    {
        if (isMeasured)
        {
            column.AppendDouble(value);
        }
        else
        {
            column.AppendNull();
        }
    }

    private static string Factory(int factory) => $"PLANT-{factory:0000}";

    private static string Line(int line) => $"{Factory(line / 10)}/LINE-{line % 10:00}";

    private static string Device(int device) => $"DEVICE-{device:000000}";
}
