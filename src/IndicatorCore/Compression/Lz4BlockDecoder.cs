namespace IndicatorCore.Compression;

/// <summary>An LZ4 block to plain bytes.</summary>
/// <remarks>
/// Source: lz4_Block_format.md (2022-07-31). Output is one contiguous buffer, so the history of a linked block is simply the output so far.
/// <see cref="Lz4FastLoop"/> runs while both ends are far, <see cref="Lz4NearLoop"/> elsewhere. Both read and write inside the given
/// spans alone, and no byte at or behind the next one to write ever reaches the output.
/// </remarks>
internal static unsafe class Lz4BlockDecoder
{
    /// <summary>Decodes one block into <paramref name="output"/> from <paramref name="position"/> on.</summary>
    /// <param name="source">The whole block.</param>
    /// <param name="output">Earlier output followed by the room for this block; nothing outside it is touched. Bytes behind what is
    /// written may be overwritten.</param>
    /// <param name="position">Where this block's output starts.</param>
    /// <param name="historyStart">The first byte of <paramref name="output"/> that matches may use: 0 for a linked block,
    /// <paramref name="position"/> for an independent one.</param>
    /// <param name="written">The bytes written; after a fault those known to be good, which no caller may show.</param>
    /// <param name="faultAt">The position in <paramref name="source"/> at which the fault was seen.</param>
    public static Lz4BlockFault Decode(
        ReadOnlySpan<byte> source,
        Span<byte> output,
        int position,
        int historyStart,
        out int written,
        out int faultAt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)output.Length, nameof(position));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)historyStart, (uint)position, nameof(historyStart));
        fixed (byte* sourceStart = source)
        fixed (byte* outputStart = output)
        {
            var start = outputStart + position;
            var cursor = new Lz4Cursor
            {
                Input = sourceStart,
                InputEnd = sourceStart + source.Length,
                Target = start,
                TargetEnd = outputStart + output.Length,
                Start = start,
                History = outputStart + historyStart,
            };
            var fault = Run(ref cursor);
            written = (int)(cursor.Target - start);
            faultAt = (int)(cursor.Input - sourceStart);
            return fault;
        }
    }

    private static Lz4BlockFault Run(ref Lz4Cursor cursor)
    {
        while (true)
        {
            if (BitConverter.IsLittleEndian && cursor.IsFar)
            {
                var far = Lz4FastLoop.Run(ref cursor);
                if (far != Lz4BlockFault.None)
                {
                    return far;
                }
            }

            var near = Lz4NearLoop.Run(ref cursor, out var isDone);
            if (isDone || near != Lz4BlockFault.None)
            {
                return near;
            }
        }
    }
}
