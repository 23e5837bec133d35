namespace IndicatorCore.Cli.Output;

/// <summary>Standard output, whose failed writes are told apart from those of files: a reader that left is no fault.</summary>
internal sealed class StandardOutputStream : OutputStream
{
    private const int BrokenPipe = 32;   // EPIPE
    private readonly Stream _inner;

    public StandardOutputStream(Stream inner) => _inner = inner;

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
}
