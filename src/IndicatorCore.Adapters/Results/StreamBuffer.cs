using System.Buffers;

namespace IndicatorCore.Adapters.Results;

/// <summary>A buffer writer whose bytes go on to a stream whenever they reach a block.</summary>
internal sealed class StreamBuffer : IBufferWriter<byte>
{
    private const int BlockBytes = 64 * 1024;
    private readonly ArrayBufferWriter<byte> _buffer = new(BlockBytes + 4096);
    private readonly Stream _output;

    public StreamBuffer(Stream output) => _output = output;

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
    public void Flush()
    {
        Spill(1);
        _output.Flush();
    }

    private void Spill(int atLeast)
    {
        if (_buffer.WrittenCount >= atLeast)
        {
            _output.Write(_buffer.WrittenSpan);
            _buffer.ResetWrittenCount();
        }
    }
}
