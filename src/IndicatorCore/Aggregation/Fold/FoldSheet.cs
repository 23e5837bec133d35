using System.Numerics;
using IndicatorCore.Kernels;
using IndicatorCore.Memory;

namespace IndicatorCore.Aggregation.Fold;

/// <summary>
/// A worker's records of one table: a row of 64-bit lanes a place, of which the first are added to and the others are maxima. A chunk puts
/// one number a unit and lane into scratch memory, then all units are added to their records at once. Emptied into state when asked for,
/// and before any sum could overflow (decisions D6).
/// </summary>
internal sealed class FoldSheet
{
    /// <summary>Places after which a sheet should be emptied.</summary>
    public const int MostPlaces = 1 << 17;

    /// <summary>Numbers of its records after which it should: 64 MiB.</summary>
    public const int MostLongs = 1 << 23;

    private const int Group = 4;                    // lanes come in fours: the narrowest vector that is worth it
    private const ulong WideLimit = 1UL << 51;      // a chunk of smaller values sums to less than 2^62
    private const ulong Bound = 1UL << 62;
    private const long MostRows = int.MaxValue - RowChunk.Capacity;   // two counts share a lane

    private readonly MemoryBudget _budget;
    private readonly FoldScratch _scratch;
    private readonly int _adds;
    private readonly int _stride;
    private readonly ulong[] _bounds;
    private readonly Dictionary<(int Place, int Lane), Int128> _wide = [];
    private readonly AlignedLongs _records = new();
    private readonly ulong[] _narrow = RowMask.New();
    private readonly bool[] _written;   // by lane, of the chunk at hand
    private ChunkUnits _units = null!;
    private long _rows;
    private int _made;
    private int _room;      // places that the budget has granted
    private long _reserved;

    /// <summary>Makes the sheet.</summary>
    /// <param name="adds">Lanes that are added to: sums, and counts two a lane.</param>
    /// <param name="maxima">Lanes of maxima; a minimum is a maximum of negated values.</param>
    /// <param name="budget">What its memory is taken from.</param>
    /// <param name="scratch">The worker's.</param>
    public FoldSheet(int adds, int maxima, MemoryBudget budget, FoldScratch scratch)
    {
        _budget = budget;
        _scratch = scratch;
        _adds = (adds + Group - 1) / Group * Group;
        _stride = _adds + ((maxima + Group - 1) / Group * Group);
        _written = new bool[_stride];
        _bounds = new ulong[_adds];
        Maxima = _adds;
    }

    /// <summary>The lanes of a record.</summary>
    public int Stride => _stride;

    /// <summary>The first lane of maxima.</summary>
    public int Maxima { get; }

    /// <summary>Whether anything was added since the last <see cref="Empty"/>.</summary>
    public bool HasRows => _rows > 0;

    /// <summary>Whether the next chunk could overflow a lane: empty it first.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Begins a chunk.</summary>
    public void Begin(ChunkUnits units)
    {
        _units = units;
        Array.Clear(_written);
    }

    /// <summary>Two counts of a lane: the rows of <paramref name="low"/> in its low half, those of <paramref name="high"/> in the other.</summary>
    public void Count(int lane, ReadOnlySpan<ulong> low, ReadOnlySpan<ulong> high = default)
    {
        _written[lane] = true;
        if (_units.ByRuns)
        {
            BitmapKernel.CountRuns(low, high, _units.Ends, Scratch, _stride, lane);
        }
        else
        {
            BitmapKernel.Spread(low, high, _units.Rows, Lane(lane));
        }
    }

    /// <summary>A sum of the values of <paramref name="mask"/>'s rows; an empty mask means all rows.</summary>
    /// <param name="lane">Where it goes.</param>
    /// <param name="values">A value a row.</param>
    /// <param name="mask">The rows.</param>
    /// <param name="magnitude">All values are within ± the next power of two.</param>
    public void Sum(int lane, ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, ulong magnitude)
    {
        if (magnitude >= WideLimit)
        {
            SumWide(lane, values, mask);
            mask = _narrow;
            magnitude = WideLimit - 1;
        }

        _written[lane] = true;
        _bounds[lane] += (ulong.MaxValue >> BitOperations.LeadingZeroCount(magnitude | 1)) * (ulong)_units.Rows;
        if (_units.ByRuns)
        {
            ReduceKernel.SumRuns(values[.._units.Rows], mask, _units.Ends, Scratch, _stride, lane);
        }
        else if (mask.IsEmpty)
        {
            values[.._units.Rows].CopyTo(Lane(lane));
        }
        else
        {
            ReduceKernel.Select(values[.._units.Rows], mask, negate: false, 0, Lane(lane));
        }
    }

    /// <summary>A sum of all rows' values where they lie in their column; false when they must be converted first.</summary>
    /// <param name="lane">Where it goes.</param>
    /// <param name="values">A value a row, all of them within the fast conversion.</param>
    public bool Sum(int lane, DeferredLane values)
    {
        if (!_units.ByRuns)
        {
            return false;
        }

        switch (values.Kind)
        {
            case DeferredKind.Double when ReduceKernel.SumFixedRuns(values.Doubles, values.Factor, _units.Ends, Scratch, _stride, lane):
                break;
            case DeferredKind.Int32:
                IntegerSumKernel.SumRuns(values.Integers, (long)values.Factor, _units.Ends, Scratch, _stride, lane);
                break;
            default:
                return false;
        }

        // a chunk's sums of such values lie below 2^62, and no place gets more than all of them
        var scratch = Scratch;
        var sum = 0UL;
        for (var at = lane; at < scratch.Length; at += _stride)
        {
            sum += (ulong)Math.Abs(scratch[at]);
        }

        _written[lane] = true;
        _bounds[lane] += sum;
        return true;
    }

    /// <summary>The smallest and the greatest of all rows' values where they lie in their column; false when they must be converted first.</summary>
    /// <param name="least">Where the smallest goes, negated, from <see cref="Maxima"/> on; -1 = nowhere.</param>
    /// <param name="greatest">Where the greatest goes; -1 = nowhere.</param>
    /// <param name="values">A value a row, all of them within the fast conversion.</param>
    public bool Extremes(int least, int greatest, DeferredLane values)
    {
        if (!_units.ByRuns)
        {
            return false;
        }

        Span<long> low = stackalloc long[DeferredLane.MostRuns];
        Span<long> high = stackalloc long[DeferredLane.MostRuns];
        var scratch = Scratch;
        var row = 0;
        for (var unit = 0; unit < _units.Count; unit += DeferredLane.MostRuns)
        {
            var ends = _units.Ends.Slice(unit, Math.Min(DeferredLane.MostRuns, _units.Count - unit));
            if (!values.Extremes(row, ends, low[..ends.Length], high[..ends.Length]))
            {
                return false;
            }

            row = ends[^1];
            for (var i = 0; i < ends.Length; i++)
            {
                var at = (unit + i) * _stride;
                if (least >= 0)
                {
                    scratch[at + least] = -low[i];
                }

                if (greatest >= 0)
                {
                    scratch[at + greatest] = high[i];
                }
            }
        }

        if (least >= 0)
        {
            _written[least] = true;
        }

        if (greatest >= 0)
        {
            _written[greatest] = true;
        }

        return true;
    }

    /// <summary>A number that all rows of a mask have, of a lane of maxima; lane 0 counts those rows in its low half already.</summary>
    /// <param name="lane">Where it goes, from <see cref="Maxima"/> on.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is done: only runs know how many rows they have.</returns>
    public bool Max(int lane, long value)
    {
        if (!_units.ByRuns || !_written[0])
        {
            return false;
        }

        _written[lane] = true;
        var scratch = Scratch;
        for (var at = 0; at < scratch.Length; at += _stride)
        {
            scratch[at + lane] = (uint)scratch[at] != 0 ? value : long.MinValue;
        }

        return true;
    }

    /// <summary>The greatest (of negated values: the smallest) value of the rows of a mask; an empty mask means all rows.</summary>
    /// <param name="lane">Where it goes, from <see cref="Maxima"/> on.</param>
    /// <param name="values">A value a row, above <see cref="long.MinValue"/>.</param>
    /// <param name="mask">The rows.</param>
    /// <param name="negate">Whether it is the smallest that is wanted.</param>
    public void Max(int lane, ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, bool negate)
    {
        _written[lane] = true;
        if (_units.ByRuns)
        {
            ReduceKernel.MaxRuns(values[.._units.Rows], mask, _units.Ends, negate, Scratch, _stride, lane);
        }
        else if (mask.IsEmpty && !negate)
        {
            values[.._units.Rows].CopyTo(Lane(lane));
        }
        else
        {
            ReduceKernel.Select(values[.._units.Rows], mask, negate, long.MinValue, Lane(lane));
        }
    }

    /// <summary>Adds the chunk to the records.</summary>
    /// <param name="places">How many places there are.</param>
    public void Fold(int places)
    {
        Make(places);
        FillUnwritten();
        if (_units.ByRuns)
        {
            FoldKernel.AddUnits(Scratch, _stride, _adds, _units.Places, _records.Span);
        }
        else
        {
            FoldKernel.AddRows(Scratch, FoldScratch.Pitch, _units.Rows, _adds, _stride, _units.Places, _records.Span);
        }

        _rows += _units.Rows;
        IsFull = _rows >= MostRows;
        foreach (var bound in _bounds)
        {
            IsFull |= bound >= Bound;
        }
    }

    /// <summary>The lanes of a place; null when nothing was added to it since the last <see cref="Empty"/>.</summary>
    public ReadOnlySpan<long> Record(int place) => place < _made ? _records.Span.Slice(place * _stride, _stride) : default;

    /// <summary>The sum of a place, all of it.</summary>
    public Int128 SumOf(int place, int lane) =>
        _records.Span[(place * _stride) + lane] + (_wide.Count > 0 && _wide.TryGetValue((place, lane), out var wide) ? wide : 0);

    /// <summary>Forgets what was added; keeps the memory.</summary>
    public void Empty()
    {
        _made = 0;
        _rows = 0;
        IsFull = false;
        Array.Clear(_bounds);
        _wide.Clear();
    }

    /// <summary>Gives the memory back.</summary>
    public void Free()
    {
        Empty();
        _records.Free();
        _budget.Release(_reserved);
        (_reserved, _room) = (0, 0);
    }

    private int Length => _units.ByRuns ? _units.Count * _stride : _stride * FoldScratch.Pitch;

    private Span<long> Scratch => _scratch.Take(Length);

    private Span<long> Lane(int lane) => _scratch.Take(Length).Slice(lane * FoldScratch.Pitch, _units.Rows);

    private void FillUnwritten()
    {
        for (var lane = 0; lane < _stride; lane++)
        {
            if (_written[lane])
            {
                continue;
            }

            var nothing = lane < _adds ? 0 : long.MinValue;
            if (!_units.ByRuns)
            {
                Lane(lane).Fill(nothing);
                continue;
            }

            var scratch = Scratch;
            for (var at = lane; at < scratch.Length; at += _stride)
            {
                scratch[at] = nothing;
            }
        }
    }

    // values too large for a running bound, one by one; the others are left in the narrow mask
    private void SumWide(int lane, ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask)
    {
        if (mask.IsEmpty)
        {
            BitmapKernel.Fill(_narrow, _units.Rows);
        }
        else
        {
            mask.CopyTo(_narrow);
        }

        for (var row = RowMask.Next(_narrow, 0); row >= 0; row = row + 1 < _units.Rows ? RowMask.Next(_narrow, row + 1) : -1)
        {
            var value = values[row];
            if ((ulong)(value ^ (value >> 63)) >= WideLimit)
            {
                var at = (_units.PlaceOf(row), lane);
                _wide[at] = (_wide.TryGetValue(at, out var sum) ? sum : 0) + value;
                _narrow[row >> 6] &= ~(1UL << (row & 63));
            }
        }
    }

    private void Make(int places)
    {
        if (places > _room)
        {
            MakeRoom(places);
        }

        for (; _made < places; _made++)
        {
            var record = _records.Span.Slice(_made * _stride, _stride);
            record[.._adds].Clear();
            record[_adds..].Fill(long.MinValue);
        }
    }

    // small sheets double; a large one takes room for all places there can be at once, which is no memory before it is written: so it is never
    // copied. The budget counts what is written.
    private void MakeRoom(int places)
    {
        var most = Math.Max(places, Math.Min(MostPlaces, MostLongs / _stride) + RowChunk.Capacity);
        var room = Math.Min(most, Math.Max(places, Math.Max(_room * 2, 16)));
        if ((long)room * _stride * sizeof(long) >= HugePages.Size)
        {
            room = Math.Min(most, Math.Max(places, _room + (HugePages.Size / (_stride * sizeof(long)))));
        }

        var bytes = (long)room * _stride * sizeof(long);
        _budget.Reserve(bytes - _reserved, "the records of places");
        _reserved = bytes;
        _room = room;
        if (room * _stride > _records.Capacity)
        {
            _records.Grow(bytes >= HugePages.Size ? most * _stride : room * _stride, _made * _stride);
        }
    }
}
