// Arrow batches out of DuckDB, through the Arrow C stream interface, into the engine: nothing is copied and nothing touches a disk.
using System.Globalization;
using DuckDbStream;
using IndicatorCore.CData;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;

if (args is not [var library, ..])
{
    Console.Error.WriteLine("usage: DuckDbStream LIBDUCKDB.so [SQL]");
    return 2;
}

using var duck = new DuckDb(library);
duck.Run("SET TimeZone = 'UTC'");
var sql = args.Length > 1 ? args[1] : """
    SELECT make_timestamp(1709251200000000 + i * 7000000)::TIMESTAMPTZ AS event_ts, 'C' || (i % 17) AS cell,
           -70 - (i % 45) AS rsrp_dbm, (i % 50) / 2 - 5 AS sinr_db
    FROM range(300000) t(i)
    """;

// the columns are those of the table radio; a source profile would map others
var query = new IndicatorQuery { Select = ["cov_sample", "rsrp_p50"], Source = SourceProfile.Parse("""{ "files": [ { "pattern": "*", "table": "radio" } ] }""", "sample") };
await using var engine = new IndicatorEngine(query);
using (var stream = new QueryStream(duck, sql))
{
    using var reader = new CStreamReader(stream.Address);
    await engine.ReadAsync(reader.ReadAll());
}

foreach (var row in engine.Finish().Rows)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Indicator} = {row.Value} {row.Unit} ({row.Status}, n = {row.Evidence!.Received})"));
}

return 0;
