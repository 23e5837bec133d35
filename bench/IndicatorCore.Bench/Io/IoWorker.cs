using IndicatorCore.Columns;

namespace IndicatorCore.Bench.Io;

/// <summary>What one thread of the comparison owns: memory that it uses again for every batch.</summary>
internal sealed class IoWorker : IDisposable
{
    /// <summary>The memory of the library's reader.</summary>
    public BatchLease Lease { get; } = new();

    /// <summary>Room for the largest read, and for the largest batch.</summary>
    public byte[] Buffer { get; private set; } = [];

    /// <summary>Pieces for reads that scatter.</summary>
    public List<Memory<byte>> Pieces { get; } = [];

    /// <summary>Makes room.</summary>
    public byte[] Reserve(int bytes)
    {
        if (Buffer.Length < bytes)
        {
            Buffer = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        }

        return Buffer;
    }

    /// <inheritdoc/>
    public void Dispose() => Lease.Dispose();
}
