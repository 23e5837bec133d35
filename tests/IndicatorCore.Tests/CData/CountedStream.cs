using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndicatorCore.CData;

namespace IndicatorCore.Tests.CData;

/// <summary>A stream over given structs that counts what its consumer releases, and can fail where a test wants it to.</summary>
internal sealed unsafe class CountedStream
{
    private readonly List<nint> _texts = [];
    private readonly ArrowArray[] _arrays;
    private readonly int[] _arrayReleases;
    private ArrowSchema _schema;
    private int _next;

    /// <summary>Takes structs over; what the consumer never asks for is released with the stream.</summary>
    public CountedStream(ArrowSchema schema, IEnumerable<ArrowArray> arrays)
    {
        _schema = schema;
        _arrays = [.. arrays];
        _arrayReleases = new int[_arrays.Length];
    }

    /// <summary>The errno of the schema call; 0 is none.</summary>
    public int SchemaError { get; init; }

    /// <summary>The call, from 0, of get_next that fails.</summary>
    public int FailAt { get; init; } = -1;

    /// <summary>What get_last_error says; null is a null pointer.</summary>
    public string? Message { get; init; }

    /// <summary>How often the stream was released.</summary>
    public int StreamReleases { get; private set; }

    /// <summary>How often the schema was released.</summary>
    public int SchemaReleases { get; private set; }

    /// <summary>How often each array was released by the consumer.</summary>
    public IReadOnlyList<int> ArrayReleases => _arrayReleases;

    /// <summary>How many arrays the consumer was given.</summary>
    public int Given => _next;

    /// <summary>The address of a struct that is never freed.</summary>
    public nint Address
    {
        get
        {
            var stream = (ArrowArrayStream*)NativeMemory.Alloc((nuint)sizeof(ArrowArrayStream));
            Write(stream);
            return (nint)stream;
        }
    }

    /// <summary>Fills a struct.</summary>
    public void Write(ArrowArrayStream* to) => *to = new ArrowArrayStream
    {
        GetSchema = &GetSchema,
        GetNext = &GetNext,
        GetLastError = &GetLastError,
        Release = &Release,
        PrivateData = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(this)),
    };

    /// <summary>Starts a reader.</summary>
    public CStreamReader Open(CImportOptions? options = null)
    {
        ArrowArrayStream stream;
        Write(&stream);
        var reader = new CStreamReader((nint)(&stream), options);
        Assert.True(stream.Release is null, "the stream was moved");
        return reader;
    }

    private static CountedStream Of(void* privateData) => (CountedStream)GCHandle.FromIntPtr((nint)privateData).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetSchema(ArrowArrayStream* stream, ArrowSchema* into)
    {
        var self = Of(stream->PrivateData);
        if (self.SchemaError != 0)
        {
            return self.SchemaError;
        }

        *into = self._schema;
        into->Release = &ReleaseSchema;
        into->PrivateData = stream->PrivateData;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetNext(ArrowArrayStream* stream, ArrowArray* into)
    {
        var self = Of(stream->PrivateData);
        if (self._next == self.FailAt)
        {
            return 5;
        }

        *into = default;
        if (self._next < self._arrays.Length)
        {
            *into = self._arrays[self._next];
            into->Release = &ReleaseArray;
            into->PrivateData = (void*)GCHandle.ToIntPtr(GCHandle.Alloc((self, self._next)));
            self._next++;
        }

        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte* GetLastError(ArrowArrayStream* stream)
    {
        var self = Of(stream->PrivateData);
        if (self.Message is null)
        {
            return null;
        }

        self._texts.Add(Marshal.StringToCoTaskMemUTF8(self.Message));
        return (byte*)self._texts[^1];
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseSchema(ArrowSchema* schema)
    {
        Of(schema->PrivateData).SchemaReleases++;
        schema->Release = null;
    }

    // the handle is never freed: a second release must be counted, not crash
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseArray(ArrowArray* array)
    {
        var (self, number) = ((CountedStream, int))GCHandle.FromIntPtr((nint)array->PrivateData).Target!;
        array->Release = null;
        if (Interlocked.Increment(ref self._arrayReleases[number]) == 1)
        {
            self.Free(number);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(ArrowArrayStream* stream)
    {
        var self = Of(stream->PrivateData);
        stream->Release = null;
        if (++self.StreamReleases > 1)
        {
            return;
        }

        for (; self._next < self._arrays.Length; self._next++)
        {
            self.Free(self._next);
            self._arrayReleases[self._next] = 1;
        }

        self._texts.ForEach(Marshal.FreeCoTaskMem);
        fixed (ArrowSchema* schema = &self._schema)
        {
            schema->Release(schema);
        }
    }

    private void Free(int number)
    {
        fixed (ArrowArray* array = &_arrays[number])
        {
            array->Release(array);
        }
    }
}
