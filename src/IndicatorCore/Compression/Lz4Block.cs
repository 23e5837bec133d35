namespace IndicatorCore.Compression;

/// <summary>The LZ4 block format: sequences of literals and matches, without a length or a checksum of its own.</summary>
/// <remarks>Source: lz4_Block_format.md (2022-07-31).</remarks>
internal static class Lz4Block
{
    /// <summary>The most bytes that a block of <paramref name="compressedBytes"/> can decode to: every byte extends a length by at most 255.</summary>
    public static long MaxDecodedBytes(int compressedBytes) => 255L * compressedBytes;

    /// <summary>The most bytes that <see cref="Encode"/> writes for <paramref name="plainBytes"/>.</summary>
    public static long MaxEncodedBytes(int plainBytes) => plainBytes + (plainBytes / 255L) + 16;

    /// <inheritdoc cref="Lz4BlockDecoder.Decode"/>
    public static Lz4BlockFault Decode(
        ReadOnlySpan<byte> source,
        Span<byte> output,
        int position,
        int historyStart,
        out int written,
        out int faultAt) => Lz4BlockDecoder.Decode(source, output, position, historyStart, out written, out faultAt);

    /// <inheritdoc cref="Lz4BlockEncoder.Encode"/>
    public static int Encode(ReadOnlySpan<byte> source, Span<byte> destination) => Lz4BlockEncoder.Encode(source, destination);
}
