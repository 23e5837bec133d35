using IndicatorCore.Columns;
using IndicatorCore.Memory;

namespace IndicatorCore.Ipc;

/// <summary>Reads the needed ranges of a message body of a file, neighbouring ones together.</summary>
internal static class BodyFetch
{
    private const int LargestGap = 64 * 1024;
    private const int LargestRead = 4 * 1024 * 1024;

    /// <summary>Fills the slots of the ranges, which are in order of position; gives the bytes read.</summary>
    public static long Read(
        RandomAccessInput input,
        long bodyOffset,
        ReadOnlySpan<BodyRange> ranges,
        BatchLease lease,
        ReaderMemory memory,
        CancellationToken cancellationToken)
    {
        // counted first: what does not fit is refused before anything is read, and what fits lies in one piece of memory
        var (total, pieces) = (0L, 0);
        for (var first = 0; first < ranges.Length;)
        {
            var (next, start, end) = Join(ranges, first);
            total += end - start;
            pieces++;
            first = next;
        }

        memory.TakeStored(lease, total);
        if (!input.IsInMemory)
        {
            lease.Stored.Reserve(total + (64L * pieces));
        }

        for (var first = 0; first < ranges.Length;)
        {
            var (next, start, end) = Join(ranges, first);
            var bytes = Fetch(input, bodyOffset + start, checked((int)(end - start)), lease.Stored, cancellationToken);
            for (; first < next; first++)
            {
                var range = ranges[first];
                range.Column.Slots[range.Slot].Bytes = bytes.Slice((int)(range.Offset - start), (int)range.Length);
            }
        }

        return total;
    }

    /// <summary>The ranges from one on that are read at once.</summary>
    private static (int Next, long Start, long End) Join(ReadOnlySpan<BodyRange> ranges, int first)
    {
        var (start, end) = (ranges[first].Offset, ranges[first].End);
        var next = first + 1;
        while (next < ranges.Length && Joins(ranges[next], start, end))
        {
            end = Math.Max(end, ranges[next].End);
            next++;
        }

        return (next, start, end);
    }

    private static bool Joins(BodyRange next, long start, long end)
    {
        // overlapping ranges share their bytes, so that naming them many times costs nothing
        var limit = next.Offset < end ? Array.MaxLength - 4096 : LargestRead;
        return next.Offset - end <= LargestGap && Math.Max(next.End, end) - start <= limit;
    }

    private static ReadOnlyMemory<byte> Fetch(RandomAccessInput input, long offset, int length, BufferArena arena, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (input.TryGet(offset, length, out var there))
        {
            return there;
        }

        var bytes = arena.Take(length);
        for (var done = 0; done < length; done += LargestRead)
        {
            cancellationToken.ThrowIfCancellationRequested();
            input.Read(offset + done, bytes.Span.Slice(done, Math.Min(LargestRead, length - done)));
        }

        return bytes;
    }
}
