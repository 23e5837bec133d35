namespace IndicatorCore.Compression;

/// <summary>Arrow's LZ4_FRAME codec: every legal combination of flags, except frames with a dictionary id.</summary>
/// <param name="verifyChecksums">Whether block and content checksums are verified where a frame has them; the header checksum always is.
/// All bounds are checked either way.</param>
public sealed class Lz4FrameCodec(bool verifyChecksums = true) : IBufferCodec
{
    /// <inheritdoc/>
    public int CodecId => 0;

    /// <summary>Decompresses one buffer; allocates nothing.</summary>
    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> source, Span<byte> destination, CancellationToken cancellationToken) =>
        Lz4Frame.Decode(source, destination, verifyChecksums, cancellationToken);
}
