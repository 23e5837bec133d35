namespace IndicatorCore.Cli.Output;

/// <summary>Standard output, whose failed writes are told apart from those of files: a reader that left is no fault.</summary>
internal sealed class StandardOutputStream : Stream
{
    private const int BrokenPipe = 32;   // EPIPE
    private readonly Stream _inner;

    public StandardOutputStream(Stream inner) => _inner = inner;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _inner.Write(buffer);
        }
        catch (IOException problem) when (problem.HResult == BrokenPipe)
        {
            throw new BrokenPipeException(problem);
        }
    }

    public override void Flush()
    {
        try
        {
            _inner.Flush();
        }
        catch (IOException problem) when (problem.HResult == BrokenPipe)
        {
            throw new BrokenPipeException(problem);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
