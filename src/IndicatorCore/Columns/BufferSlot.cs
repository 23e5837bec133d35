namespace IndicatorCore.Columns;

/// <summary>One buffer of a column: where it is stored in the message body, and its bytes once they are here.</summary>
internal struct BufferSlot
{
    /// <summary>The first byte, relative to the start of the body.</summary>
    public long Offset;

    /// <summary>The stored length in bytes (compressed, if the message is).</summary>
    public long Length;

    /// <summary>The stored bytes after reading, the usable ones after decoding.</summary>
    public ReadOnlyMemory<byte> Bytes;
}
