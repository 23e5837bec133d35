using System.Buffers.Binary;

namespace IndicatorCore.Bench.Questions;

/// <summary>Decodes the blocks of LZ4 frames with liblz4, no checksum looked at. Source: lz4_Frame_format.md.</summary>
/// <param name="longest">The longest content, in bytes.</param>
internal sealed class Lz4BlockDecoder(int longest) : IBufferWork
{
    private const uint StoredPlain = 0x8000_0000;
    private readonly byte[] _content = GC.AllocateUninitializedArray<byte>(longest);

    /// <inheritdoc/>
    public long Take(ReadOnlySpan<byte> stored)
    {
        var declared = BinaryPrimitives.ReadInt64LittleEndian(stored);
        if (declared < 0)
        {
            stored[8..].CopyTo(_content);
            return stored.Length - 8;
        }

        // behind the length: magic number, FLG, BD, and as FLG says a content size and a dictionary id; then the header's checksum
        var frame = stored[8..];
        var flags = frame[4];
        var (areIndependent, hasBlockChecksum) = ((flags & 0x20) != 0, (flags & 0x10) != 0);
        var at = 6 + ((flags & 0x08) != 0 ? 8 : 0) + ((flags & 0x01) != 0 ? 4 : 0) + 1;
        var written = 0;
        while (BinaryPrimitives.ReadUInt32LittleEndian(frame[at..]) is var size and not 0)
        {
            var block = frame.Slice(at + 4, (int)(size & ~StoredPlain));
            if ((size & StoredPlain) != 0)
            {
                block.CopyTo(_content.AsSpan(written));
                written += block.Length;
            }
            else
            {
                written += Liblz4.DecodeBlock(block, _content, written, areIndependent ? 0 : written);
            }

            at += 4 + block.Length + (hasBlockChecksum ? 4 : 0);
        }

        return written == declared ? written : throw new InvalidDataException($"A frame holds {written} bytes, not {declared}.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
