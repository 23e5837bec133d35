using IndicatorCore.Columns;
using IndicatorCore.Memory;

namespace IndicatorCore.Ipc;

/// <summary>Keeps the needed ranges of a message body as its bytes go by. Memory grows as bytes arrive, never by a declared length.</summary>
internal static class StreamBody
{
    private const long Alignment = 64;

    /// <summary>Plans where each range of an ordered list goes, within the limits; overlapping ranges share their bytes.</summary>
    public static void Place(Span<BodyRange> ranges, BatchLease lease, ReaderMemory memory)
    {
        var place = 0L;
        var end = 0L;
        foreach (ref var range in ranges)
        {
            if (range.Offset >= end)
            {
                place = (place + Alignment - 1) & -Alignment;
                range.Place = place;
                range.Fresh = range.Offset;
            }
            else
            {
                range.Place = place - (end - range.Offset);
                range.Fresh = Math.Min(end, range.End);
            }

            place += range.End - range.Fresh;
            end = Math.Max(end, range.End);
        }

        var limit = Math.Min(memory.Options.MaxStreamBodyBytes, GrowingBuffer.Limit);
        if (place > limit)
        {
            throw ReaderLimit.Exceeded(
                $"The needed buffers of one message of a stream take {place} bytes", limit, nameof(IpcReaderOptions.MaxStreamBodyBytes));
        }

        memory.TakeStored(lease, place);
    }

    /// <summary>Takes what is needed of bytes that lie at <paramref name="position"/> in the body.</summary>
    /// <param name="bytes">The bytes that arrived.</param>
    /// <param name="position">Where they lie.</param>
    /// <param name="ranges">The placed ranges.</param>
    /// <param name="next">The first range that is not complete; moved on.</param>
    /// <param name="into">Where they are kept.</param>
    public static void Keep(ReadOnlySpan<byte> bytes, long position, Span<BodyRange> ranges, ref int next, GrowingBuffer into)
    {
        var end = position + bytes.Length;
        for (; next < ranges.Length; next++)
        {
            ref readonly var range = ref ranges[next];
            var from = Math.Max(range.Fresh, position);
            var to = Math.Min(range.End, end);
            if (from < to)
            {
                var place = (int)(range.Place + (from - range.Offset));
                var length = (int)(to - from);
                into.Reserve(place + length, place);
                bytes.Slice((int)(from - position), length).CopyTo(into.Slice(place, length).Span);
            }

            if (range.End > end)
            {
                return;
            }
        }
    }

    /// <summary>Hands the kept bytes to their columns.</summary>
    public static void Fill(ReadOnlySpan<BodyRange> ranges, GrowingBuffer from)
    {
        foreach (ref readonly var range in ranges)
        {
            range.Column.Slots[range.Slot].Bytes = from.Slice((int)range.Place, (int)range.Length);
        }
    }
}
