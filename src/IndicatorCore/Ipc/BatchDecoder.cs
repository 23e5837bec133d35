using IndicatorCore.Columns;
using IndicatorCore.Compression;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>Decodes the leases that one reader filled; serves any number of threads.</summary>
internal sealed class BatchDecoder(string name, ReaderMemory memory) : IBatchDecoder
{
    private readonly IBufferCodec[] _codecs = [.. memory.Options.Codecs, new Lz4FrameCodec(memory.Options.VerifyChecksums)];

    public void Decode(BatchLease lease, CancellationToken cancellationToken)
    {
        var columns = lease.Columns;
        for (var i = 0; i < columns.Length; i++)
        {
            if (!lease.IsLoaded(i))
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                new ColumnDecoder(memory, _codecs, lease, cancellationToken).Decode(columns[i]);
            }
            catch (IndicatorDataException fault)
            {
                fault.ShiftRow(lease.FirstRow);
                fault.At(new DataLocation(name, Column: columns[i].Path, Batch: lease.IsDictionary ? null : lease.BatchOrdinal, Offset: lease.BaseOffset));
                throw;
            }
        }
    }
}
