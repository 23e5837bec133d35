namespace IndicatorCore.Ipc;

/// <summary>How an <see cref="IpcWriter"/> writes.</summary>
public sealed record IpcWriterOptions
{
    /// <summary>The container.</summary>
    public IpcFormat Format { get; init; } = IpcFormat.File;

    /// <summary>Whether buffers are compressed as LZ4_FRAME; a buffer that does not become smaller is stored as it is.</summary>
    public bool Compress { get; init; }

    /// <summary>Whether each LZ4 frame ends with a checksum of its content; without effect unless <see cref="Compress"/>.</summary>
    public bool ContentChecksums { get; init; }
}
