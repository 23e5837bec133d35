namespace IndicatorCore.Fuzz.Oracles;

/// <summary>The LZ4 block format byte by byte, as slow and plain as it can be written: the truth for the fast decoder.</summary>
/// <remarks>Source: lz4_Block_format.md. Strict where the fast decoder is: a block ends with literals, five at least behind a match.</remarks>
internal static class PlainLz4Block
{
    /// <summary>Appends the decoded block to <paramref name="output"/>; false when it is malformed.</summary>
    /// <param name="block">The block.</param>
    /// <param name="output">Earlier output, and then this block's.</param>
    /// <param name="historyStart">The first position of <paramref name="output"/> that matches may use.</param>
    /// <param name="limit">The most bytes that <paramref name="output"/> may hold.</param>
    public static bool TryDecode(ReadOnlySpan<byte> block, List<byte> output, int historyStart, int limit)
    {
        var start = output.Count;
        for (var at = 0; at < block.Length;)
        {
            int token = block[at++];
            var before = output.Count;
            if (!TryLength(block, ref at, token >> 4, out var literals) || literals > block.Length - at || literals > limit - before)
            {
                return false;
            }

            for (var i = 0; i < literals; i++)
            {
                output.Add(block[at++]);
            }

            if (at == block.Length)
            {
                return literals >= 5 || before == start;
            }

            if (block.Length - at < 2)
            {
                return false;
            }

            var offset = block[at] + (block[at + 1] << 8);
            at += 2;
            if (!TryLength(block, ref at, token & 15, out var length)
                || offset == 0 || offset > output.Count - historyStart || length + 4 > limit - output.Count)
            {
                return false;
            }

            for (var i = 0L; i < length + 4; i++)
            {
                output.Add(output[^offset]);
            }
        }

        // no token, or no literals behind the last match
        return false;
    }

    private static bool TryLength(ReadOnlySpan<byte> block, ref int at, int nibble, out long length)
    {
        length = nibble;
        if (nibble < 15)
        {
            return true;
        }

        int more;
        do
        {
            if (at == block.Length)
            {
                return false;
            }

            more = block[at++];
            length += more;
        }
        while (more == 255);
        return true;
    }
}
