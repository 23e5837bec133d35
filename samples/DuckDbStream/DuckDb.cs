using System.Runtime.InteropServices;
using System.Text;

namespace DuckDbStream;

/// <summary>As much of DuckDB's C API as a query needs.</summary>
internal sealed unsafe class DuckDb : IDisposable
{
    private readonly nint _library;
    private nint _database;
    private nint _connection;

    /// <summary>Opens an empty database in memory.</summary>
    /// <param name="library">Where libduckdb is.</param>
    public DuckDb(string library)
    {
        _library = NativeLibrary.Load(library);
        fixed (nint* database = &_database, connection = &_connection)
        {
            if (((delegate* unmanaged[Cdecl]<byte*, nint*, int>)Function("duckdb_open"))(null, database) != 0
                || ((delegate* unmanaged[Cdecl]<nint, nint*, int>)Function("duckdb_connect"))(_database, connection) != 0)
            {
                throw new InvalidOperationException("DuckDB cannot be opened.");
            }
        }
    }

    /// <summary>A function of the library.</summary>
    public nint Function(string name) => NativeLibrary.GetExport(_library, name);

    /// <summary>Runs a statement for its effect.</summary>
    public void Run(string sql)
    {
        var answer = Query(sql);
        ((delegate* unmanaged[Cdecl]<nint*, void>)Function("duckdb_destroy_arrow"))(&answer);
    }

    /// <summary>Runs a query; its answer is to be destroyed by duckdb_destroy_arrow.</summary>
    public nint Query(string sql)
    {
        nint answer;
        fixed (byte* text = Encoding.UTF8.GetBytes(sql + '\0'))
        {
            if (((delegate* unmanaged[Cdecl]<nint, byte*, nint*, int>)Function("duckdb_query_arrow"))(_connection, text, &answer) != 0)
            {
                var problem = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged[Cdecl]<nint, byte*>)Function("duckdb_query_arrow_error"))(answer));
                throw new InvalidOperationException(problem);
            }
        }

        return answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        fixed (nint* database = &_database, connection = &_connection)
        {
            ((delegate* unmanaged[Cdecl]<nint*, void>)Function("duckdb_disconnect"))(connection);
            ((delegate* unmanaged[Cdecl]<nint*, void>)Function("duckdb_close"))(database);
        }
    }
}
