using System.Buffers;

namespace IndicatorCore.Fuzz.Oracles;

/// <summary>Bytes as a sequence of pieces.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    private Segments(ReadOnlyMemory<byte> memory, Segments? before)
    {
        Memory = memory;
        if (before is not null)
        {
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }

    /// <summary>The bytes in pieces of <paramref name="size"/>; in one, when that is 0.</summary>
    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> bytes, int size)
    {
        if (size == 0 || bytes.IsEmpty)
        {
            return new ReadOnlySequence<byte>(bytes);
        }

        Segments? first = null;
        Segments? last = null;
        for (var at = 0; at < bytes.Length; at += size)
        {
            last = new Segments(bytes.Slice(at, Math.Min(size, bytes.Length - at)), last);
            first ??= last;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }
}
