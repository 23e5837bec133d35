using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>The Message table of Message.fbs, checked.</summary>
internal readonly ref struct MessageHead
{
    private MessageHead(MessageKind kind, bool isV4, long bodyLength, FlatTable header)
    {
        Kind = kind;
        IsV4 = isV4;
        BodyLength = bodyLength;
        Header = header;
    }

    public MessageKind Kind { get; }

    public bool IsV4 { get; }

    public long BodyLength { get; }

    public FlatTable Header { get; }

    public static MessageHead Parse(ReadOnlySpan<byte> metadata, ref long budget)
    {
        var message = FlatTable.Root(metadata, ref budget);
        var isV4 = CheckVersion(message.Int16(4));
        var kind = (MessageKind)message.Byte(6);
        if (kind is MessageKind.Tensor or MessageKind.SparseTensor)
        {
            throw new UnsupportedArrowException("Tensor messages are not read");
        }

        if (kind is < MessageKind.Schema or > MessageKind.SparseTensor)
        {
            throw new MalformedArrowException($"A message has the unknown header type {(int)kind}");
        }

        var bodyLength = message.Int64(10);
        if (bodyLength < 0 || (bodyLength & 7) != 0)
        {
            throw new MalformedArrowException($"A message declares a body of {bodyLength} bytes");
        }

        return new MessageHead(kind, isV4, bodyLength, message.Table(8));
    }

    /// <summary>Refuses metadata versions other than V4 and V5; true for V4.</summary>
    public static bool CheckVersion(short version) => version switch
    {
        3 => true,
        4 => false,
        _ => throw new UnsupportedArrowException($"Metadata version V{version + 1} is not read (V4 and V5 are)"),
    };
}
