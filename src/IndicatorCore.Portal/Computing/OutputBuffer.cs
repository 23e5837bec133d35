using System.Buffers;

namespace IndicatorCore.Portal.Computing;

/// <summary>A buffer writer whose bytes go on to a stream in blocks.</summary>
/// <param name="output">Where they go; left open.</param>
internal sealed class OutputBuffer(Stream output) : IBufferWriter<byte>
{
    private const int BlockBytes = 1 << 16;
    private readonly ArrayBufferWriter<byte> _buffer = new(BlockBytes + 4096);

    public void Advance(int count) => _buffer.Advance(count);

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Spill(BlockBytes);
        return _buffer.GetMemory(sizeHint);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Spill(BlockBytes);
        return _buffer.GetSpan(sizeHint);
    }

    /// <summary>Hands on what is left.</summary>
    public void Flush() => Spill(1);

    private void Spill(int atLeast)
    {
        if (_buffer.WrittenCount >= atLeast)
        {
            output.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
        }
    }
}
