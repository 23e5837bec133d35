using System.Runtime.InteropServices;
using System.Text;
using IndicatorCore.CData;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.CData;

/// <summary>DuckDB in this process, through its C API: a foreign producer and consumer. Its library comes with <c>npm ci</c> in tests/foreign.</summary>
internal sealed unsafe class DuckDb : IDisposable
{
    private static readonly Lazy<nint> s_library = new(Load);
    private nint _database;
    private nint _connection;

    private DuckDb()
    {
        nint database, connection;
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<byte*, nint*, int>)Export("duckdb_open"))(null, &database));
        _database = database;
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<nint, nint*, int>)Export("duckdb_connect"))(database, &connection));
        _connection = connection;
    }

    /// <summary>Opens an empty database in memory, or skips the test (fails it where INDICATORCORE_REQUIRE asks for "npm").</summary>
    public static DuckDb Require()
    {
        var required = (Environment.GetEnvironmentVariable("INDICATORCORE_REQUIRE") ?? string.Empty).Split(',');
        Assert.False(s_library.Value == 0 && required.Contains("npm", StringComparer.Ordinal), "tests/foreign/node_modules/@duckdb is required but absent.");
        Skip.If(s_library.Value == 0, "DuckDB's library is not here (npm ci in tests/foreign, on Linux x64).");
        return new DuckDb();
    }

    /// <summary>Runs a statement and gives its answer as DuckDB's own texts, row by row; null is null.</summary>
    public List<string?[]> Texts(string sql)
    {
        QueryResult result = default;
        fixed (byte* text = Utf8(sql))
        {
            var state = ((delegate* unmanaged[Cdecl]<nint, byte*, QueryResult*, int>)Export("duckdb_query"))(_connection, text, &result);
            Assert.True(state == 0, Text(((delegate* unmanaged[Cdecl]<QueryResult*, byte*>)Export("duckdb_result_error"))(&result)));
        }

        var rows = new List<string?[]>();
        var columns = ((delegate* unmanaged[Cdecl]<QueryResult*, ulong>)Export("duckdb_column_count"))(&result);
        var count = ((delegate* unmanaged[Cdecl]<QueryResult*, ulong>)Export("duckdb_row_count"))(&result);
        var value = (delegate* unmanaged[Cdecl]<QueryResult*, ulong, ulong, byte*>)Export("duckdb_value_varchar");
        var free = (delegate* unmanaged[Cdecl]<void*, void>)Export("duckdb_free");
        for (var row = 0UL; row < count; row++)
        {
            var texts = new string?[columns];
            for (var column = 0UL; column < columns; column++)
            {
                var text = value(&result, column, row);
                texts[column] = text is null ? null : Text(text);
                free(text);
            }

            rows.Add(texts);
        }

        ((delegate* unmanaged[Cdecl]<QueryResult*, void>)Export("duckdb_destroy_result"))(&result);
        return rows;
    }

    /// <summary>Runs a query and gives its answer as arrays of one schema; the receiver owns the structs.</summary>
    public List<ArrowArray> Arrays(string sql, out ArrowSchema schema)
    {
        nint answer;
        fixed (byte* text = Utf8(sql))
        {
            var state = ((delegate* unmanaged[Cdecl]<nint, byte*, nint*, int>)Export("duckdb_query_arrow"))(_connection, text, &answer);
            Assert.True(state == 0, Text(((delegate* unmanaged[Cdecl]<nint, byte*>)Export("duckdb_query_arrow_error"))(answer)));
        }

        ArrowSchema type = default;
        var typeAt = &type;
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<nint, ArrowSchema**, int>)Export("duckdb_query_arrow_schema"))(answer, &typeAt));
        schema = type;
        var arrays = new List<ArrowArray>();
        while (true)
        {
            ArrowArray array = default;
            var at = &array;
            Assert.Equal(0, ((delegate* unmanaged[Cdecl]<nint, ArrowArray**, int>)Export("duckdb_query_arrow_array"))(answer, &at));
            if (array.Release is null)
            {
                break;
            }

            arrays.Add(array);
        }

        ((delegate* unmanaged[Cdecl]<nint*, void>)Export("duckdb_destroy_arrow"))(&answer);
        return arrays;
    }

    /// <summary>Makes a view of a stream; DuckDB takes the stream over when the view is read.</summary>
    public void Scan(string view, nint stream)
    {
        fixed (byte* name = Utf8(view))
        {
            Assert.Equal(0, ((delegate* unmanaged[Cdecl]<nint, byte*, nint, int>)Export("duckdb_arrow_scan"))(_connection, name, stream));
        }
    }

    public void Dispose()
    {
        var (connection, database) = (_connection, _database);
        (_connection, _database) = (0, 0);
        ((delegate* unmanaged[Cdecl]<nint*, void>)Export("duckdb_disconnect"))(&connection);
        ((delegate* unmanaged[Cdecl]<nint*, void>)Export("duckdb_close"))(&database);
    }

    private static nint Load()
    {
        var file = Path.Combine(Shared.Repository, "tests", "foreign", "node_modules", "@duckdb", "node-bindings-linux-x64", "libduckdb.so");
        return OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64 && File.Exists(file) ? NativeLibrary.Load(file) : 0;
    }

    private static nint Export(string name) => NativeLibrary.GetExport(s_library.Value, name);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static string Text(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    [StructLayout(LayoutKind.Sequential)]
    private struct QueryResult
    {
        public ulong Columns;
        public ulong Rows;
        public ulong Changed;
        public void* ColumnData;
        public byte* Error;
        public void* Internal;
    }
}
