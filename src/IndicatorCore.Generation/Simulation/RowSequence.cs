namespace IndicatorCore.Generation.Simulation;

/// <summary>Which row stands at which position of a table: a permutation that needs no memory.</summary>
internal sealed class RowSequence
{
    private const int Block = 4096;
    private readonly long _count;
    private readonly long _factor;
    private readonly long _offset;
    private readonly bool _late;

    public RowSequence(long count, RowOrder order, bool late, ulong seed, int table)
    {
        _count = count;
        _late = late && order == RowOrder.TimeMajor;
        if (order != RowOrder.Shuffled || count < 3)
        {
            return;
        }

        // An affine map is a permutation when its factor has no divisor in common with the count; the golden section spreads neighbours.
        var draw = Draw.For(seed, Purpose.Order, table);
        _factor = (long)((UInt128)count * 618_033_989 / 1_000_000_000) + draw.Below(1_000);
        while (_factor < 2 || Divisor(_factor, count) != 1)
        {
            _factor++;
        }

        _offset = (long)(draw.Next() % (ulong)count);
    }

    public long At(long position)
    {
        if (_factor != 0)
        {
            return (long)((((UInt128)position * (ulong)_factor) + (ulong)_offset) % (ulong)_count);
        }

        // Every 64th row of a block changes places with its mirror image: it arrives up to one block early or late.
        var within = position & (Block - 1);
        var start = position - within;
        return _late && (within & 63) == 17 && start + Block <= _count ? start + (Block - 64 + (2 * 17)) - within : position;
    }

    private static long Divisor(long left, long right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }
}
