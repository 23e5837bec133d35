using System.Globalization;
using System.Runtime.InteropServices;
using IndicatorCore.CData;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.CData;

/// <summary>DuckDB's own arrays against DuckDB's own texts, and ours in DuckDB's hands.</summary>
[Trait("Category", "Foreign")]
public sealed class DuckDbTests
{
    private const string Rows = "FROM range(5000) t(i)";

    private const string IsThere = "i % 11 <> 3";

    /// <summary>An expression of a type (which says itself where it is null, by #, where DuckDB has no CASE of the type), and the text that the column shows for it.</summary>
    private static readonly (string Type, string Value, string Text)[] s_columns =
    [
        ("bool", "i % 3 = 0", "(i % 3 = 0)::VARCHAR"),
        ("int8", "(i % 250 - 125)::TINYINT", "(i % 250 - 125)::VARCHAR"),
        ("uint8", "(i % 256)::UTINYINT", "(i % 256)::VARCHAR"),
        ("int16", "(i * 13 - 32700)::SMALLINT", "(i * 13 - 32700)::VARCHAR"),
        ("uint16", "(i * 13)::USMALLINT", "(i * 13)::VARCHAR"),
        ("int32", "(i * 429000 - 2000000000)::INTEGER", "(i * 429000 - 2000000000)::VARCHAR"),
        ("uint32", "(i * 858000)::UINTEGER", "(i * 858000)::VARCHAR"),
        ("int64", "i * 1844674407370 - 9000000000", "(i * 1844674407370 - 9000000000)::VARCHAR"),
        ("uint64", "(i::HUGEINT * 3689348814741910)::UBIGINT", "(i::HUGEINT * 3689348814741910)::VARCHAR"),
        ("float32", "((i - 2500) / 8)::FLOAT", "((i - 2500) / 8)::FLOAT::VARCHAR"),
        ("float64", "(i - 2500) / 64", "((i - 2500) / 64)::VARCHAR"),
        ("decimal128(18, 3)", "(i * 1000003)::DECIMAL(18, 3)", "(i * 1000003000)::VARCHAR"),
        ("decimal128(4, 1)", "(i / 10)::DECIMAL(4, 1)", "i::VARCHAR"),
        ("decimal128(38, 4)", "(i - 2500)::DECIMAL(38, 4) * 1000000", "((i - 2500)::HUGEINT * 10000000000)::VARCHAR"),
        ("decimal128(38, 0)", "i::HUGEINT * 1000000000000000000000", "(i::HUGEINT * 1000000000000000000000)::VARCHAR"),
        ("utf8", "'区域 ' || repeat('x', (i % 30)::INTEGER) || i", "'''区域 ' || repeat('x', (i % 30)::INTEGER) || i || ''''"),
        ("binary", "encode('b' || i)", "'''' || hex(encode('b' || i)) || ''''"),
        ("date32", "DATE '1969-01-01' + i::INTEGER", "(DATE '1969-01-01' + i::INTEGER - DATE '1970-01-01')::VARCHAR"),
        ("time64[us]", "TIME '00:00:00' + to_microseconds(i * 17000001)", "(i * 17000001)::VARCHAR"),
        ("timestamp[us]", "make_timestamp(i * 1000003 - 77)", "(i * 1000003 - 77)::VARCHAR"),
        ("timestamp[s]", "make_timestamp(i * 60000000)::TIMESTAMP_S", "(i * 60)::VARCHAR"),
        ("timestamp[ms]", "make_timestamp(i * 60000000)::TIMESTAMP_MS", "(i * 60000)::VARCHAR"),
        ("timestamp[ns]", "make_timestamp_ns(i * 1000000007)", "(i * 1000000007)::VARCHAR"),
        ("timestamp[us, UTC]", "make_timestamp(i * 1000003)::TIMESTAMPTZ", "(i * 1000003)::VARCHAR"),
        ("interval[mdn]", "to_months((i % 40)::INTEGER) + to_days(7) + to_microseconds(i)", "(i % 40)::VARCHAR || 'm 7d ' || (i * 1000) || 'ns'"),
        ("utf8", "('00000000-0000-4000-8000-' || lpad(i::VARCHAR, 12, '0'))::UUID", "'''00000000-0000-4000-8000-' || lpad(i::VARCHAR, 12, '0') || ''''"),
        ("dictionary<uint8, utf8>", "(['5G', '4G', 'NONE', '有线'])[1 + i % 4]::link", "'''' || (['5G', '4G', 'NONE', '有线'])[1 + i % 4] || ''''"),
        ("list", "CASE WHEN i % 7 = 0 THEN [] ELSE [i, NULL, i + 1] END", "CASE WHEN i % 7 = 0 THEN '[]' ELSE '[' || i || ',null,' || (i + 1) || ',]' END"),
        ("list", "[['a' || i], [], ['b', 'c' || i]]", "'[[''a' || i || ''',],[],[''b'',''c' || i || ''',],]'"),
        ("fixed_size_list[3]", "(CASE WHEN # THEN [i, i + 1, i + 2] END)::BIGINT[3]", "'[' || i || ',' || (i + 1) || ',' || (i + 2) || ',]'"),
        ("struct", "{'a': i, 'b': 's' || i, 'c': {'d': i % 2}}", "'{' || i || ',''s' || i || ''',{' || (i % 2) || ',},}'"),
        ("map", "map {'k' || i: i, 'l': 7}", "'[{''k' || i || ''',' || i || ',},{''l'',7,},]'"),
        ("sparse_union", "CASE WHEN i % 2 = 0 THEN i::UNION(n BIGINT, t VARCHAR) ELSE ('t' || i)::UNION(n BIGINT, t VARCHAR) END", "CASE WHEN i % 2 = 0 THEN '0:' || i ELSE '1:''t' || i || '''' END"),
        ("int32", "NULL /* # */", "NULL::VARCHAR"),
    ];

    public static TheoryData<string> Settings() =>
    [
        string.Empty,
        "SET arrow_large_buffer_size = true",
        "SET arrow_output_version = '1.4'; SET produce_arrow_string_view = true; SET arrow_output_list_view = true",
        "SET arrow_output_version = '1.5'; SET produce_arrow_string_view = true; SET arrow_lossless_conversion = true",
    ];

    [SkippableTheory]
    [MemberData(nameof(Settings))]
    public void Every_type_of_DuckDB_shows_what_DuckDB_says(string settings)
    {
        using var duck = DuckDb.Require();
        duck.Texts("SET TimeZone = 'UTC'");
        duck.Texts("CREATE TYPE link AS ENUM ('4G', '5G', 'NONE', '有线')");
        foreach (var setting in settings.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            duck.Texts(setting);
        }

        var faults = new List<string>();
        foreach (var (type, value, text) in s_columns)
        {
            var nullable = value.Contains('#', StringComparison.Ordinal) ? value.Replace("#", IsThere, StringComparison.Ordinal) : $"CASE WHEN {IsThere} THEN {value} END";
            var query = $"SELECT {nullable} AS v {Rows} ORDER BY i";
            var expected = duck.Texts($"SELECT CASE WHEN {IsThere} THEN {text} END {Rows} ORDER BY i").Select(static row => row[0] ?? ValueText.Null).ToList();
            var stream = new CountedStreamOf(duck, query).Stream;
            var actual = new List<string>();
            using (var reader = stream.Open())
            {
                var field = Assert.Single(reader.Schema.Fields);
                var shown = field.ToString()[(field.Name.Length + 2)..];
                if (settings.Length == 0 && shown != type)
                {
                    faults.Add($"{type} came as {shown}");
                }

                foreach (var lease in reader.ReadAll())
                {
                    using (lease)
                    {
                        actual.AddRange(IpcReading.Texts(lease).Columns[0]!.Select(shown => Plain(field, shown)));
                    }
                }
            }

            Assert.True(stream.ArrayReleases.Count >= 3);
            Assert.All(stream.ArrayReleases, static count => Assert.Equal(1, count));
            Assert.Equal((1, 1), (stream.StreamReleases, stream.SchemaReleases));
            Assert.Equal(5000, actual.Count);
            var wrong = Enumerable.Range(0, 5000).Where(row => !IsSame(type, expected[row], actual[row])).Take(1);
            faults.AddRange(wrong.Select(row => $"{type}, row {row}: {expected[row]} was read as {actual[row]}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [SkippableFact]
    public async Task A_table_of_DuckDB_gives_the_report_that_its_rows_give_through_a_file()
    {
        using var duck = DuckDb.Require();
        duck.Texts("SET TimeZone = 'UTC'");
        duck.Texts("CREATE TYPE rat AS ENUM ('NR', 'LTE')");
        duck.Texts("""
            CREATE TABLE radio AS SELECT make_timestamp(1709251200000000 + i * 7000000)::TIMESTAMPTZ AS event_ts, 'C' || (i % 17) AS cell,
                (CASE WHEN i % 9 = 0 THEN NULL WHEN i % 4 = 0 THEN 'LTE' ELSE 'NR' END)::rat AS rat,
                CASE WHEN i % 23 = 0 THEN NULL ELSE -70 - (i % 45) / 2 END AS rsrp_dbm, ((i % 50) / 2 - 5)::DECIMAL(6, 2) AS sinr_db
            FROM range(30000) t(i) ORDER BY i
            """);
        var file = ExportBuilder.Table(null).Time("event_ts").Keys("cell", "rat").Numbers("rsrp_dbm").Column("sinr_db", ArrowType.Decimal128(6, 2));
        foreach (var row in duck.Texts("SELECT epoch_us(event_ts), cell, rat::VARCHAR, rsrp_dbm, sinr_db FROM radio"))
        {
            file.Row(long.Parse(row[0]!), row[1], row[2], row[3] is { } rsrp ? double.Parse(rsrp) : null, decimal.Parse(row[4]!));
        }

        using var expected = new IndicatorEngine(Reports.NoFloor);
        Reports.ReadStream(expected, file.ToBytes(IndicatorCore.Ipc.IpcFormat.Stream));
        var stream = new CountedStreamOf(duck, "FROM radio").Stream;
        using var engine = new IndicatorEngine(Reports.NoFloor);
        using (var reader = stream.Open())
        {
            await engine.ReadAsync(reader.ReadAll());
        }

        var report = engine.Finish();
        Assert.Equal(30_000, report.Row("cov_sample").Evidence!.Received);
        Assert.Contains(report.Rows, static row => row.Status == ResultStatus.Published);
        Reports.AssertSame(expected.Finish(), report);
        Assert.True(stream.ArrayReleases.Count > 10);
        Assert.All(stream.ArrayReleases, static count => Assert.Equal(1, count));
        Assert.Equal((1, 1), (stream.StreamReleases, stream.SchemaReleases));
    }

    [SkippableFact]
    public void DuckDB_reads_what_we_export_to_the_same_sums()
    {
        using var duck = DuckDb.Require();
        var (leases, sums) = Sample(out var schema);
        Scan(duck, "ours", schema, leases);
        var answer = Assert.Single(duck.Texts("""
            SELECT count(*), count(n), sum(n), sum(x)::DECIMAL(18, 2), sum(d), sum(length(k)), sum(length(t)), count_if(b), max(epoch_us(moment))
            FROM ours
            """));
        Assert.Equal(sums, answer);
        Assert.All(leases, static lease => Assert.Throws<ObjectDisposedException>(() => lease.Decode()));
    }

    [SkippableFact]
    public void What_DuckDB_hands_back_is_what_it_was_given()
    {
        using var duck = DuckDb.Require();
        duck.Texts("SET TimeZone = 'UTC'");
        var (leases, _) = Sample(out var schema);
        var expected = leases.SelectMany(static lease => Lines(lease)).ToList();
        Scan(duck, "ours", schema, leases);
        var stream = new CountedStreamOf(duck, "FROM ours").Stream;
        using var reader = stream.Open();
        var actual = new List<string>();
        foreach (var lease in reader.ReadAll())
        {
            actual.AddRange(Lines(lease));
            lease.Dispose();
        }

        Assert.Equal(expected, actual);
    }

    [SkippableFact]
    public void DuckDB_hears_of_a_batch_that_fails()
    {
        using var duck = DuckDb.Require();
        var (leases, _) = Sample(out var schema);
        Scan(duck, "ours", schema, Failing(leases));
        var fault = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => duck.Texts("SELECT sum(n) FROM ours"));
        Assert.Contains("the third batch is not there", fault.Message, StringComparison.Ordinal);
        Assert.All(leases.Take(2), static lease => Assert.Throws<ObjectDisposedException>(() => lease.Decode()));
        leases.ForEach(static lease => lease.Dispose());
    }

    private static IEnumerable<BatchLease> Failing(List<BatchLease> leases)
    {
        yield return leases[0];
        yield return leases[1];
        throw new IOException("the third batch is not there");
    }

    // DuckDB moves the stream when it reads the view; the struct's own memory is ours
    private static unsafe void Scan(DuckDb duck, string view, Schema schema, IEnumerable<BatchLease> leases)
    {
        var stream = (nint)NativeMemory.AllocZeroed((nuint)CStreamExporter.StreamBytes);
        CStreamExporter.Export(schema, leases, stream);
        duck.Scan(view, stream);
    }

    private static (List<BatchLease> Leases, string?[] Sums) Sample(out Schema schema)
    {
        var file = ExportBuilder.Table("sample").Column("n", ArrowType.Int(64)).Numbers("x").Column("d", ArrowType.Decimal128(18, 3)).Keys("k")
            .Column("t", ExportBuilder.Text).Column("b", ExportBuilder.Flag).Time("moment");
        var (n, x, d, k, t, b) = (0L, 0m, 0m, 0, 0, 0);
        for (var i = 0; i < 7000; i++)
        {
            var isNull = i % 6 == 5;
            var text = new string('y', i % 40);
            file.Row(isNull ? null : i * 31L, i / 4.0, i / 8m, $"key {i % 300}", text, i % 3 == 0, 1_709_251_200_000_000 + i);
            n += isNull ? 0 : i * 31L;
            x += i / 4m;
            d += i / 8m;
            k += $"key {i % 300}".Length;
            t += text.Length;
            b += i % 3 == 0 ? 1 : 0;
            if (i % 1500 == 1499)
            {
                file.NextBatch();
            }
        }

        var bytes = file.ToBytes();
        schema = Exported.SchemaOf(bytes);
        string?[] sums = ["7000", "5834", $"{n}", $"{x:0.00}", $"{d:0.000}", $"{k}", $"{t}", $"{b}", $"{1_709_251_200_000_000 + 6999}"];
        return ([.. Exported.Leases(bytes)], sums);
    }

    private static IEnumerable<string> Lines(BatchLease lease)
    {
        var columns = IpcReading.Texts(lease).Columns;
        return Enumerable.Range(0, lease.RowCount).Select(row => string.Join('|', columns.Select(column => column![row])));
    }

    // what DuckDB stores otherwise when it is to lose nothing: extension types of Arrow and of its own
    private static string Plain(Field field, string shown) => field.Metadata.FirstOrDefault(static entry => entry.Key == "ARROW:extension:name").Value switch
    {
        "arrow.bool8" => shown switch { "1" => "true", "0" => "false", _ => shown },
        "arrow.uuid" when shown != ValueText.Null => ValueText.Quote(Guid.Parse(shown.Trim('\'')).ToString()),
        "arrow.opaque" when shown != ValueText.Null => new System.Numerics.BigInteger(Convert.FromHexString(shown.Trim('\''))).ToString(CultureInfo.InvariantCulture),
        _ => shown,
    };

    private static bool IsSame(string type, string expected, string actual) => expected == actual
        || (type == "sparse_union" && expected == ValueText.Null && actual == "0:null")   // unions have no nulls of their own
        || (type.StartsWith("float", StringComparison.Ordinal) && expected != ValueText.Null && actual != ValueText.Null
            && double.Parse(expected, CultureInfo.InvariantCulture).Equals(double.Parse(actual, CultureInfo.InvariantCulture)));
}
