using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DuckDbStream;

/// <summary>The answer of a query as an <c>ArrowArrayStream</c> (Arrow C stream interface): DuckDB fills the consumer's structs itself.</summary>
internal sealed unsafe class QueryStream : IDisposable
{
    private readonly DuckDb _duck;
    private readonly GCHandle _self;
    private readonly Layout* _stream;
    private nint _answer;

    /// <summary>Runs the query.</summary>
    public QueryStream(DuckDb duck, string sql)
    {
        _duck = duck;
        _answer = duck.Query(sql);
        _self = GCHandle.Alloc(this);
        _stream = (Layout*)NativeMemory.Alloc((nuint)sizeof(Layout));
        *_stream = new Layout { GetSchema = &GetSchema, GetNext = &GetNext, GetLastError = &GetLastError, Release = &Release, PrivateData = GCHandle.ToIntPtr(_self) };
    }

    /// <summary>The struct; whoever reads it takes it over.</summary>
    public nint Address => (nint)_stream;

    /// <inheritdoc/>
    public void Dispose()
    {
        Destroy();
        NativeMemory.Free(_stream);
        _self.Free();
    }

    private static QueryStream Of(Layout* stream) => (QueryStream)GCHandle.FromIntPtr(stream->PrivateData).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetSchema(Layout* stream, void* into)
    {
        var self = Of(stream);
        return ((delegate* unmanaged[Cdecl]<nint, void**, int>)self._duck.Function("duckdb_query_arrow_schema"))(self._answer, &into);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetNext(Layout* stream, void* into)
    {
        const int ArrayBytes = 80;
        NativeMemory.Clear(into, ArrayBytes);   // at the end DuckDB leaves it as it is: released
        var self = Of(stream);
        return ((delegate* unmanaged[Cdecl]<nint, void**, int>)self._duck.Function("duckdb_query_arrow_array"))(self._answer, &into);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte* GetLastError(Layout* stream)
    {
        var self = Of(stream);
        return ((delegate* unmanaged[Cdecl]<nint, byte*>)self._duck.Function("duckdb_query_arrow_error"))(self._answer);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(Layout* stream)
    {
        Of(stream).Destroy();
        stream->Release = null;
    }

    private void Destroy()
    {
        if (_answer != 0)
        {
            fixed (nint* answer = &_answer)
            {
                ((delegate* unmanaged[Cdecl]<nint*, void>)_duck.Function("duckdb_destroy_arrow"))(answer);
            }

            _answer = 0;
        }
    }

    private struct Layout
    {
        public delegate* unmanaged[Cdecl]<Layout*, void*, int> GetSchema;
        public delegate* unmanaged[Cdecl]<Layout*, void*, int> GetNext;
        public delegate* unmanaged[Cdecl]<Layout*, byte*> GetLastError;
        public delegate* unmanaged[Cdecl]<Layout*, void> Release;
        public nint PrivateData;
    }
}
