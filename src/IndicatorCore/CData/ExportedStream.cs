using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.CData;

/// <summary>The producer behind an exported <see cref="ArrowArrayStream"/>. The consumer calls it, one call at a time.</summary>
internal sealed unsafe class ExportedStream
{
    // errno, as the interface asks for
    private const int InputOutput = 5;
    private const int OutOfMemory = 12;
    private const int Invalid = 22;

    private readonly Schema _schema;
    private readonly IEnumerator<BatchLease> _leases;
    private byte* _error;

    private ExportedStream(Schema schema, IEnumerator<BatchLease> leases)
    {
        _schema = schema;
        _leases = leases;
    }

    /// <summary>Fills a struct.</summary>
    public static void Write(Schema schema, IEnumerator<BatchLease> leases, ArrowArrayStream* to) => *to = new ArrowArrayStream
    {
        GetSchema = &GetSchema,
        GetNext = &GetNext,
        GetLastError = &GetLastError,
        Release = &Release,
        PrivateData = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(new ExportedStream(schema, leases))),
    };

    private static GCHandle Handle(ArrowArrayStream* stream) => GCHandle.FromIntPtr((nint)stream->PrivateData);

    private static ExportedStream Of(ArrowArrayStream* stream) => (ExportedStream)Handle(stream).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetSchema(ArrowArrayStream* stream, ArrowSchema* into)
    {
        var self = Of(stream);
        try
        {
            ExportedSchema.Write(self._schema, into);
            return 0;
        }
        catch (Exception fault)
        {
            return self.Note(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetNext(ArrowArrayStream* stream, ArrowArray* into)
    {
        var self = Of(stream);
        try
        {
            self.Next(into);
            return 0;
        }
        catch (Exception fault)
        {
            return self.Note(fault);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte* GetLastError(ArrowArrayStream* stream) => Of(stream)._error;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(ArrowArrayStream* stream)
    {
        var handle = Handle(stream);
        var self = (ExportedStream)handle.Target!;
        handle.Free();
        stream->Release = null;
        Marshal.FreeCoTaskMem((nint)self._error);
        try
        {
            self._leases.Dispose();
        }
        catch (Exception fault)
        {
            // the consumer has no one left to tell, and nothing may be thrown through its frames
            System.Diagnostics.Trace.TraceError(fault.Message);
        }
    }

    private void Next(ArrowArray* into)
    {
        *into = default;
        if (!_leases.MoveNext())
        {
            return;
        }

        var lease = _leases.Current;
        try
        {
            if (!ReferenceEquals(lease.Schema, _schema) && !SchemaShape.AreSame(lease.Schema, _schema))
            {
                throw new ArgumentException("A batch has another schema than its stream.");
            }

            lease.Decode();
            ExportedArray.Write(lease, into);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private int Note(Exception fault)
    {
        Marshal.FreeCoTaskMem((nint)_error);
        _error = (byte*)Marshal.StringToCoTaskMemUTF8(fault.Message);
        return fault switch
        {
            IOException => InputOutput,
            OutOfMemoryException or LimitExceededException => OutOfMemory,
            _ => Invalid,
        };
    }
}
