namespace IndicatorCore.Reference.Compression;

/// <summary>The LZ4 block format byte by byte.</summary>
/// <remarks>Source: lz4_Block_format.md. A block ends with literals, five at least behind a match.</remarks>
internal static class Lz4BlockReference
{
    /// <summary>Decodes a block behind <paramref name="history"/>.</summary>
    /// <param name="block">The block.</param>
    /// <param name="history">The bytes that matches may use before the block's own.</param>
    /// <param name="room">The most bytes to decode to.</param>
    /// <returns>The decoded bytes without the history; null when the block is malformed or needs more room.</returns>
    public static byte[]? Decode(ReadOnlySpan<byte> block, ReadOnlySpan<byte> history, int room)
    {
        List<byte> output = [.. history];
        var most = history.Length + room;
        var hasMatch = false;
        for (var at = 0; at < block.Length;)
        {
            var token = block[at++];
            if (!TryLength(block, ref at, token >> 4, out var literals))
            {
                return null;
            }

            for (var i = 0L; i < literals; i++)
            {
                if (at == block.Length || output.Count == most)
                {
                    return null;
                }

                output.Add(block[at++]);
            }

            if (at == block.Length)
            {
                return hasMatch && literals < 5 ? null : [.. output.Skip(history.Length)];
            }

            if (at + 1 == block.Length)
            {
                return null;
            }

            var offset = block[at] | (block[at + 1] << 8);
            at += 2;
            if (!TryLength(block, ref at, token & 15, out var length) || offset == 0 || offset > output.Count)
            {
                return null;
            }

            hasMatch = true;
            for (var i = 0L; i < length + 4; i++)
            {
                if (output.Count == most)
                {
                    return null;
                }

                output.Add(output[^offset]);
            }
        }

        return null;
    }

    private static bool TryLength(ReadOnlySpan<byte> block, ref int at, int nibble, out long length)
    {
        length = nibble;
        for (var more = nibble == 15 ? 255 : 0; more == 255; length += more)
        {
            if (at == block.Length)
            {
                return false;
            }

            more = block[at++];
        }

        return true;
    }
}
