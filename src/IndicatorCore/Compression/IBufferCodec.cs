namespace IndicatorCore.Compression;

/// <summary>Decompresses the buffers of Arrow IPC messages; the seam by which a reader is given a codec that this library does not hold.</summary>
/// <remarks>
/// One instance serves all threads at once, so an implementation keeps no state between calls. LZ4_FRAME is built in
/// (<see cref="Lz4FrameCodec"/>); ZSTD (1) is for a caller to supply.
/// </remarks>
public interface IBufferCodec
{
    /// <summary>The number of Arrow's CompressionType: 0 is LZ4_FRAME, 1 is ZSTD.</summary>
    int CodecId { get; }

    /// <summary>Decompresses one buffer.</summary>
    /// <param name="source">The compressed bytes, without the eight-byte length that Arrow puts in front of them.</param>
    /// <param name="destination">Exactly as long as the buffer was declared to be; it must be filled completely, or an exception thrown.
    /// Its former content is undefined.</param>
    /// <param name="cancellationToken">To be looked at every few megabytes at the latest.</param>
    /// <exception cref="Errors.MalformedArrowException">The bytes are not one valid frame of the codec, or decode to another length.</exception>
    /// <exception cref="Errors.UnsupportedArrowException">The bytes use a feature of the codec that is not read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    void Decode(ReadOnlySpan<byte> source, Span<byte> destination, CancellationToken cancellationToken);
}
