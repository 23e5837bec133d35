using System.Buffers.Binary;

namespace IndicatorCore.Tests.Ipc;

/// <summary>A message whose metadata is still a tree, so that any field of it can be made wrong.</summary>
internal sealed class MadeMessage(byte kind, FlatNode header, byte[] body)
{
    public FlatNode Message { get; } = new() { [0] = (short)4, [1] = kind, [2] = header, [3] = (long)body.Length };

    public FlatNode Header => Message.Table(2);

    public byte[] Body { get; } = body;

    /// <summary>What is done to the finished metadata.</summary>
    public Action<byte[]>? Spoil { get; set; }

    /// <summary>8, or 4 as before Arrow 0.15.</summary>
    public int PrefixLength { get; set; } = 8;

    public int MetadataLength { get; private set; }

    /// <summary>Changes the tree.</summary>
    public MadeMessage Bend(Action<MadeMessage> change)
    {
        change(this);
        return this;
    }

    public byte[] ToBytes()
    {
        var metadata = Message.ToBytes();
        Spoil?.Invoke(metadata);
        var padded = ((metadata.Length + PrefixLength + 7) & ~7) - PrefixLength;
        MetadataLength = PrefixLength + padded;
        var bytes = new byte[MetadataLength + Body.Length];
        bytes.AsSpan(0, PrefixLength - 4).Fill(0xFF);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(PrefixLength - 4), padded);
        metadata.CopyTo(bytes, PrefixLength);
        Body.CopyTo(bytes, MetadataLength);
        return bytes;
    }
}
