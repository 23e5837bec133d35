using System.Buffers.Binary;

namespace IndicatorCore.Ipc;

/// <summary>A Block of File.fbs: where a message lies in a file.</summary>
/// <param name="Offset">Of the message's length prefix.</param>
/// <param name="MetadataLength">Bytes of prefix and metadata.</param>
/// <param name="BodyLength">Bytes of the body behind it.</param>
internal readonly record struct FileBlock(long Offset, int MetadataLength, long BodyLength)
{
    public const int Size = 24;

    public long BodyOffset => Offset + MetadataLength;

    public static FileBlock[] Parse(ReadOnlySpan<byte> bytes)
    {
        var blocks = new FileBlock[bytes.Length / Size];
        for (var i = 0; i < blocks.Length; i++)
        {
            var block = bytes.Slice(i * Size, Size);
            blocks[i] = new FileBlock(
                BinaryPrimitives.ReadInt64LittleEndian(block),
                BinaryPrimitives.ReadInt32LittleEndian(block[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(block[16..]));
        }

        return blocks;
    }
}
