using IndicatorCore.Errors;

namespace IndicatorCore.Adapters.PmXml;

/// <summary>
/// Content whose XML nodes have a limit: a reader takes a node's text or attribute whole into memory, and a compressed document may hold one of any length.
/// </summary>
/// <param name="inner">The document; left open.</param>
/// <param name="path">The file, for the error.</param>
internal sealed class NodeStream(Stream inner, string path) : Stream
{
    private const int MostBytes = 1 << 24;

    private long _read;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Says that a node was read to its end.</summary>
    public void NextNode() => _read = 0;

    /// <inheritdoc/>
    /// <exception cref="LimitExceededException">A node goes on for more than 16 MiB.</exception>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _read += read;
        return _read <= MostBytes ? read
            : throw new LimitExceededException($"A text, name or attribute is longer than {MostBytes:N0} bytes", new DataLocation(File: path), advice: "No measurement file holds one: export it again.");
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
