using System.Runtime.InteropServices;

namespace IndicatorCore.CData;

/// <summary>Owns a stream of a producer, at an address that does not change. One that is never disposed is released by the finalizer.</summary>
internal sealed unsafe class ForeignStream : IDisposable
{
    private ArrowArrayStream* _stream;

    /// <summary>Moves a stream here: the source is marked as released.</summary>
    public ForeignStream(ArrowArrayStream* source)
    {
        _stream = (ArrowArrayStream*)NativeMemory.Alloc((nuint)sizeof(ArrowArrayStream));
        *_stream = *source;
        source->Release = null;
    }

#pragma warning disable MA0055 // the last net for a reader that was never disposed: the stream is the producer's memory, which no collector frees
    ~ForeignStream() => Release();
#pragma warning restore MA0055

    /// <summary>Whether it was disposed.</summary>
    public bool IsReleased => _stream is null;

    /// <summary>Asks for the schema; 0, or an errno.</summary>
    public int GetSchema(ArrowSchema* into)
    {
        var code = _stream->GetSchema(_stream, into);
        GC.KeepAlive(this);
        return code;
    }

    /// <summary>Asks for the next array, which is marked as released behind the last; 0, or an errno.</summary>
    public int GetNext(ArrowArray* into)
    {
        var code = _stream->GetNext(_stream, into);
        GC.KeepAlive(this);
        return code;
    }

    /// <summary>What the producer says of the errno of the last call; null when it says nothing.</summary>
    public string? LastError()
    {
        var text = _stream->GetLastError is null ? null : _stream->GetLastError(_stream);
        var words = text is null ? null : System.Text.Encoding.UTF8.GetString(CText.Bytes(text));
        GC.KeepAlive(this);
        return words;
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        var stream = _stream;
        _stream = null;
        if (stream is not null)
        {
            stream->Release(stream);
            NativeMemory.Free(stream);
        }
    }
}
