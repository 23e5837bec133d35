using System.Buffers;

namespace IndicatorCore.CData;

/// <summary>A window on memory of a producer. It keeps the batch alive that the memory belongs to, and is used again for the next one.</summary>
/// <remarks>The bounds are only as good as the lengths that the producer stated: the C data interface carries no buffer sizes.</remarks>
internal sealed unsafe class ForeignMemory(ForeignBatch owner) : MemoryManager<byte>
{
    private readonly ForeignBatch _owner = owner;
    private byte* _start;
    private int _length;

    /// <summary>Looks at other memory from now on.</summary>
    public ReadOnlyMemory<byte> Show(byte* start, int length)
    {
        _start = start;
        _length = length;
        return CreateMemory(length);
    }

    /// <summary>Looks at nothing: whoever still asks is told so.</summary>
    public void Hide()
    {
        _start = null;
        _length = 0;
    }

    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_start is null, _owner);
        return new Span<byte>(_start, _length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_start is null, _owner);
        return new MemoryHandle(_start + elementIndex);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => Hide();
}
