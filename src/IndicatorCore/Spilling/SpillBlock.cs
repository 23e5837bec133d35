using System.Buffers.Binary;
using System.Numerics;

namespace IndicatorCore.Spilling;

/// <summary>
/// A block of a spill file (docs/reliability.md): 16 bytes of head, little-endian, then its payload. The head is the mark <c>ICS1</c>, the
/// payload's length, its number of records, and the CRC-32C of these and the payload.
/// </summary>
internal static class SpillBlock
{
    /// <summary>Bytes of a head.</summary>
    public const int HeadBytes = 16;

    /// <summary>The usual size of a block, head included.</summary>
    public const int Bytes = 1 << 16;

    private const uint Mark = 0x31534349;   // ICS1

    /// <summary>Fills the head of a block.</summary>
    /// <param name="block">The block, head included.</param>
    /// <param name="records">How many records it holds.</param>
    public static void Seal(Span<byte> block, int records)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(block, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], block.Length - HeadBytes);
        BinaryPrimitives.WriteInt32LittleEndian(block[8..], records);
        BinaryPrimitives.WriteUInt32LittleEndian(block[12..], Checksum(block));
    }

    /// <summary>The length of the payload that a head tells; -1 where it is no head.</summary>
    public static int LengthOf(ReadOnlySpan<byte> head) =>
        BinaryPrimitives.ReadUInt32LittleEndian(head) == Mark ? BinaryPrimitives.ReadInt32LittleEndian(head[4..]) : -1;

    /// <summary>The number of records that a head tells.</summary>
    public static int RecordsOf(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadInt32LittleEndian(head[8..]);

    /// <summary>Whether a block is as it was sealed.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> block) => BinaryPrimitives.ReadUInt32LittleEndian(block[12..]) == Checksum(block);

    private static uint Checksum(ReadOnlySpan<byte> block)
    {
        var sum = Add(uint.MaxValue, block[..12]);
        return ~Add(sum, block[HeadBytes..]);
    }

    private static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var one in bytes)
        {
            sum = BitOperations.Crc32C(sum, one);
        }

        return sum;
    }
}
