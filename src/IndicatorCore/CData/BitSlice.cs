using System.Buffers.Binary;

namespace IndicatorCore.CData;

/// <summary>Copies a run of bits that does not start at a byte.</summary>
internal static class BitSlice
{
    /// <summary>Moves bits to the front.</summary>
    /// <param name="bits">The byte with the first wanted bit, and all up to the last one.</param>
    /// <param name="shift">The place of the first wanted bit in its byte, 1 to 7.</param>
    /// <param name="into">Where they go; as many bytes as they fill.</param>
    public static void Copy(ReadOnlySpan<byte> bits, int shift, Span<byte> into)
    {
        var at = 0;
        for (; at + sizeof(ulong) <= into.Length && at + sizeof(ulong) < bits.Length; at += sizeof(ulong))
        {
            var low = BinaryPrimitives.ReadUInt64LittleEndian(bits[at..]);
            BinaryPrimitives.WriteUInt64LittleEndian(into[at..], (low >> shift) | ((ulong)bits[at + sizeof(ulong)] << (64 - shift)));
        }

        for (; at < into.Length; at++)
        {
            var high = at + 1 < bits.Length ? bits[at + 1] << (8 - shift) : 0;
            into[at] = (byte)((bits[at] >> shift) | high);
        }
    }
}
