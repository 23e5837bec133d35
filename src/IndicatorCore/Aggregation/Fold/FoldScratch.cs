using IndicatorCore.Memory;

namespace IndicatorCore.Aggregation.Fold;

/// <summary>What one chunk puts into records before it is added to them; one a worker, for all its sheets in turn.</summary>
internal sealed class FoldScratch
{
    /// <summary>Distance of two lanes of rows: not a power of two, so that lanes do not meet in the same sets of the cache.</summary>
    public const int Pitch = RowChunk.Capacity + 8;

    private readonly AlignedLongs _longs = new();

    /// <summary>Room for as many.</summary>
    public Span<long> Take(int length)
    {
        if (length > _longs.Capacity)
        {
            _longs.Grow(length, kept: 0);
        }

        return _longs.Span[..length];
    }
}
