namespace IndicatorCore.Cli.Output;

/// <summary>Standard error: messages that cannot be written (it is closed, or its disk is full) change neither the work nor the exit code.</summary>
internal sealed class MessageStream(Stream inner) : OutputStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // nobody is left to tell
        }
    }

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // nobody is left to tell
        }
    }
}
