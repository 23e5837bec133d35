using System.Security.Cryptography;

namespace IndicatorCore.Cli.Output;

/// <summary>Passes bytes on and hashes them.</summary>
internal sealed class HashedOutput(Stream inner, HashAlgorithmName algorithm) : OutputStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);

    /// <summary>The hash of what was written.</summary>
    public byte[] Hash() => _hash.GetCurrentHash();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        _hash.AppendData(buffer);
    }

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
