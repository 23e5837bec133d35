using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using IndicatorCore.Errors;

namespace IndicatorCore.Compression;

/// <summary>The LZ4 frame format: one frame to bytes and back, span to span.</summary>
/// <remarks>
/// Source: lz4_Frame_format.md 1.6.4. Faults of the frame are <see cref="MalformedArrowException"/> or
/// <see cref="UnsupportedArrowException"/> with the offset inside the frame; what a failed call left in its destination is undefined.
/// </remarks>
internal static class Lz4Frame
{
    private const uint Magic = 0x184D2204;
    private const int DescriptorBytes = 15;

    /// <summary>Decodes exactly one frame that must fill <paramref name="destination"/>.</summary>
    /// <param name="frame">The frame, with nothing before or behind it.</param>
    /// <param name="destination">As long as the decoded bytes were declared to be.</param>
    /// <param name="verifyChecksums">Whether block and content checksums are verified; the header checksum always is.</param>
    /// <param name="cancellationToken">Looked at once a block.</param>
    public static void Decode(
        ReadOnlySpan<byte> frame,
        Span<byte> destination,
        bool verifyChecksums = true,
        CancellationToken cancellationToken = default)
    {
        var reader = new Lz4FrameReader(frame, verifyChecksums);
        if (reader.ContentSize is { } declared && declared != (ulong)destination.Length)
        {
            throw Lz4FrameReader.Malformed(
                $"The LZ4 frame declares {declared} bytes of content, where {destination.Length} are due", 6);
        }

        var hash = new XxHash32(0);
        var written = 0;
        while (reader.TryReadBlock(out var data, out var isRaw, out var offset))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var room = Math.Min(destination.Length - written, reader.MaxBlockBytes);
            var fault = DecodeBlock(data, isRaw, destination[..(written + room)], written, reader.IsIndependent, out var count, out var faultAt);
            if (fault != Lz4BlockFault.None)
            {
                throw Lz4FrameReader.BlockFault(fault, offset + faultAt);
            }

            // Hashed block by block, while the bytes are still in the cache.
            if (reader.NeedsContentHash)
            {
                hash.Append(destination.Slice(written, count));
            }

            written += count;
        }

        if (written != destination.Length)
        {
            throw Lz4FrameReader.Malformed($"The LZ4 frame decodes to {written} bytes, where {destination.Length} are due", reader.Position);
        }

        reader.End(hash.Finish(), written);
    }

    /// <summary>Decodes exactly one frame whose decoded length is not known beforehand.</summary>
    /// <param name="frame">The frame, with nothing before or behind it.</param>
    /// <param name="maxBytes">The most bytes to decode to; a frame that holds more is <see cref="LimitExceededException"/>.</param>
    /// <param name="verifyChecksums">Whether block and content checksums are verified; the header checksum always is.</param>
    /// <param name="cancellationToken">Looked at once a block.</param>
    public static byte[] DecodeToArray(
        ReadOnlySpan<byte> frame,
        int maxBytes,
        bool verifyChecksums = true,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        var reader = new Lz4FrameReader(frame, verifyChecksums);
        var hash = new XxHash32(0);
        byte[] output = [];
        var written = 0;
        while (reader.TryReadBlock(out var data, out var isRaw, out var offset))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // What the stored bytes can expand to bounds the growth, whatever the header declares.
            var most = (int)Math.Min(isRaw ? data.Length : Lz4Block.MaxDecodedBytes(data.Length), reader.MaxBlockBytes);
            var room = Math.Min(most, maxBytes - written);
            if (output.Length < written + room)
            {
                var doubled = Math.Min(2L * output.Length, maxBytes);
                Array.Resize(ref output, (int)Math.Max(written + room, doubled));
            }

            var fault = DecodeBlock(data, isRaw, output.AsSpan(0, written + room), written, reader.IsIndependent, out var count, out var faultAt);
            if (fault == Lz4BlockFault.OutputFull && room < most)
            {
                throw new LimitExceededException($"An LZ4 frame decodes to more than {maxBytes} bytes", new DataLocation(Offset: offset));
            }

            if (fault != Lz4BlockFault.None)
            {
                throw Lz4FrameReader.BlockFault(fault, offset + faultAt);
            }

            if (reader.NeedsContentHash)
            {
                hash.Append(output.AsSpan(written, count));
            }

            written += count;
        }

        reader.End(hash.Finish(), written);
        Array.Resize(ref output, written);
        return output;
    }

    /// <summary>Encodes <paramref name="plain"/> as one frame of independent blocks with the content size; the bytes are deterministic.</summary>
    /// <param name="plain">The bytes to encode.</param>
    /// <param name="output">Where the frame goes.</param>
    /// <param name="maxBlockBytes">65,536, 262,144, 1,048,576 or 4,194,304.</param>
    /// <param name="contentChecksum">Whether a checksum of <paramref name="plain"/> ends the frame.</param>
    public static void Encode(
        ReadOnlySpan<byte> plain,
        IBufferWriter<byte> output,
        int maxBlockBytes = 65_536,
        bool contentChecksum = false)
    {
        if (maxBlockBytes is not (65_536 or 262_144 or 1_048_576 or 4_194_304))
        {
            throw new ArgumentOutOfRangeException(nameof(maxBlockBytes), maxBlockBytes, "A block maximum is 64 KiB, 256 KiB, 1 MiB or 4 MiB.");
        }

        var header = output.GetSpan(DescriptorBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        header[4] = (byte)(0x68 | (contentChecksum ? 0x04 : 0));
        header[5] = (byte)((BitOperations.Log2((uint)maxBlockBytes) - 8) / 2 << 4);
        BinaryPrimitives.WriteUInt64LittleEndian(header[6..], (ulong)plain.Length);
        header[14] = (byte)(XxHash32.Hash(header[4..14]) >> 8);
        output.Advance(DescriptorBytes);

        for (var rest = plain; rest.Length > 0;)
        {
            var block = rest[..Math.Min(rest.Length, maxBlockBytes)];
            rest = rest[block.Length..];
            var room = output.GetSpan(sizeof(uint) + block.Length);

            // A block that does not become smaller is stored.
            var size = Lz4Block.Encode(block, room.Slice(sizeof(uint), block.Length - 1));
            if (size < 0)
            {
                block.CopyTo(room[sizeof(uint)..]);
                size = block.Length;
                BinaryPrimitives.WriteUInt32LittleEndian(room, (uint)size | 0x80000000);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(room, (uint)size);
            }

            output.Advance(sizeof(uint) + size);
        }

        var end = output.GetSpan(2 * sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0);
        if (contentChecksum)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(end[sizeof(uint)..], XxHash32.Hash(plain));
        }

        output.Advance(contentChecksum ? 2 * sizeof(uint) : sizeof(uint));
    }

    private static Lz4BlockFault DecodeBlock(
        ReadOnlySpan<byte> data,
        bool isRaw,
        Span<byte> output,
        int position,
        bool isIndependent,
        out int written,
        out int faultAt)
    {
        if (!isRaw)
        {
            return Lz4Block.Decode(data, output, position, isIndependent ? position : 0, out written, out faultAt);
        }

        faultAt = 0;
        written = 0;
        if (data.Length > output.Length - position)
        {
            return Lz4BlockFault.OutputFull;
        }

        data.CopyTo(output[position..]);
        written = data.Length;
        return Lz4BlockFault.None;
    }
}
