namespace IndicatorCore.Columns;

/// <summary>Turns the stored buffers of a lease into usable ones: decompresses and validates them.</summary>
internal interface IBatchDecoder
{
    /// <summary>Decodes every column that the lease holds stored bytes of.</summary>
    void Decode(BatchLease lease, CancellationToken cancellationToken);
}
