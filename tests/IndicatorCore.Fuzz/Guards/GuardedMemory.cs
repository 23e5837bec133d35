using System.Buffers;

namespace IndicatorCore.Fuzz.Guards;

/// <summary>One guarded region as <see cref="Memory{T}"/>: whatever was placed last ends right before the guard.</summary>
internal sealed unsafe class GuardedMemory(int capacity) : MemoryManager<byte>
{
    private readonly GuardedPages _pages = new(capacity);

    public int Capacity => _pages.Capacity;

    /// <summary>The last <paramref name="length"/> bytes before the guard.</summary>
    public Memory<byte> AtEnd(int length) => CreateMemory(Capacity - length, length);

    public override Span<byte> GetSpan() => _pages.AtStart(Capacity);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_pages.First + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => _pages.Dispose();
}
