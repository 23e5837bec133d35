namespace IndicatorCore.Cli.Output;

/// <summary>Standard output that was closed before the process began: every write fails.</summary>
internal sealed class ClosedOutputStream : OutputStream
{
    public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Standard output is closed; name a file with --out");

    public override void Flush()
    {
    }
}
