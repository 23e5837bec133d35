using System.Buffers.Binary;

namespace IndicatorCore.Bench.Questions;

/// <summary>Decodes LZ4 frames with liblz4's frame decoder, which verifies the checksums that they carry.</summary>
/// <param name="longest">The longest content, in bytes.</param>
internal sealed class Lz4FrameDecoder(int longest) : IBufferWork
{
    private readonly byte[] _content = GC.AllocateUninitializedArray<byte>(longest);
    private readonly nint _context = Liblz4.CreateContext();

    /// <inheritdoc/>
    public long Take(ReadOnlySpan<byte> stored)
    {
        var declared = BinaryPrimitives.ReadInt64LittleEndian(stored);
        if (declared < 0)
        {
            stored[8..].CopyTo(_content);
            return stored.Length - 8;
        }

        var written = Liblz4.DecodeFrame(_context, stored[8..], _content);
        return written == declared ? written : throw new InvalidDataException($"A frame holds {written} bytes, not {declared}.");
    }

    /// <inheritdoc/>
    public void Dispose() => Liblz4.FreeContext(_context);
}
