namespace IndicatorCore.Ipc;

/// <summary>What a file says of one batch before its body is read.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Offset">The byte offset of its message in the file.</param>
/// <param name="MetadataLength">Bytes of the message's prefix and metadata.</param>
/// <param name="BodyLength">Bytes of the body.</param>
/// <param name="CodecId">The codec of the buffers: 0 LZ4_FRAME, 1 ZSTD, others unknown; null when they are stored plain.</param>
public readonly record struct IpcBatchInfo(int Rows, long Offset, int MetadataLength, long BodyLength, int? CodecId)
{
    /// <summary>The codec's name, <c>none</c> when the buffers are stored plain.</summary>
    public string Compression => CodecId switch
    {
        null => "none",
        0 => "lz4_frame",
        1 => "zstd",
        _ => $"codec {CodecId}",
    };
}
