using IndicatorCore.Kernels;

namespace IndicatorCore.Aggregation.Fold;

/// <summary>
/// Tuples of key numbers to dense place numbers: where the records of a worker's sheets lie. A cache before the state, not state: it is
/// emptied when it is full, so that its memory does not follow what is read.
/// </summary>
/// <param name="width">Numbers of a tuple, at least 1.</param>
/// <param name="budget">What its memory is taken from.</param>
internal sealed class PlaceTable(int width, MemoryBudget budget)
{
    private const int FirstBuckets = 64;

    private readonly PlaceGrid _grid = new(width, budget);
    private readonly int[] _tuple = new int[width];
    private int[] _buckets = [];   // place + 1
    private int[] _tuples = [];
    private int _shift = 32;
    private int _next;
    private long _reserved;

    /// <summary>How many places there are.</summary>
    public int Count { get; private set; }

    /// <summary>The tuple of a place.</summary>
    public ReadOnlySpan<int> this[int place] => _tuples.AsSpan(place * width, width);

    /// <summary>The place of the tuple that a row has in <paramref name="lanes"/>, made now if it is new.</summary>
    public int Find(ReadOnlySpan<int[]> lanes, int row)
    {
        // runs come back in the order in which they came first: the next place is looked at before anything is hashed
        if (_next < Count && Is(_next, lanes, row))
        {
            return _next++;
        }

        var hash = 0u;
        for (var i = 0; i < _tuple.Length; i++)
        {
            _tuple[i] = lanes[i][row];
            hash = HashKernel.Mix(hash, _tuple[i]);
        }

        var place = Find(hash);
        _next = place + 1;
        return place;
    }

    /// <summary>The places of the first <paramref name="rows"/> rows, made now where they are new.</summary>
    public void Find(ReadOnlySpan<int[]> lanes, int rows, Span<int> places)
    {
        places = places[..rows];
        if (width == 1 || _grid.IsUseless)
        {
            for (var row = 0; row < rows; row++)
            {
                places[row] = Find(lanes, row);
            }

            return;
        }

        _grid.Find(lanes, places);
        for (var row = places.IndexOf(-1); row >= 0;)
        {
            places[row] = Find(lanes, row);
            if (!_grid.IsUseless)
            {
                _grid.Learn(lanes, row, places[row]);
            }

            var next = places[(row + 1)..].IndexOf(-1);
            row = next < 0 ? -1 : row + 1 + next;
        }
    }

    /// <summary>Forgets all places; keeps the memory.</summary>
    public void Clear()
    {
        Array.Clear(_buckets);
        (Count, _next) = (0, 0);
        _grid.Clear();
    }

    /// <summary>Gives the memory back.</summary>
    public void Free()
    {
        _grid.Free();
        budget.Release(_reserved);
        (_buckets, _tuples, _shift, _reserved, Count) = ([], [], 32, 0, 0);
    }

    private bool Is(int place, ReadOnlySpan<int[]> lanes, int row)
    {
        var at = place * width;
        for (var i = 0; i < lanes.Length; i++)
        {
            if (_tuples[at + i] != lanes[i][row])
            {
                return false;
            }
        }

        return true;
    }

    private int Find(uint hash)
    {
        if (_buckets.Length == 0)
        {
            GrowBuckets();
        }

        var mask = _buckets.Length - 1;
        for (var at = (int)(hash >> _shift); ; at = (at + 1) & mask)
        {
            var place = _buckets[at] - 1;
            if (place < 0)
            {
                return Add(hash, at);
            }

            if (this[place].SequenceEqual(_tuple))
            {
                return place;
            }
        }
    }

    private int Add(uint hash, int at)
    {
        // at most half full, so that the first probe nearly always finds
        if (2 * (Count + 1) > _buckets.Length)
        {
            GrowBuckets();
            at = (int)(hash >> _shift);
            while (_buckets[at] != 0)
            {
                at = (at + 1) & (_buckets.Length - 1);
            }
        }

        var place = Count++;
        _tuple.CopyTo(_tuples.AsSpan(place * width));
        _buckets[at] = Count;
        return place;
    }

    private void GrowBuckets()
    {
        var length = _buckets.Length == 0 ? FirstBuckets : _buckets.Length * 2;
        var bytes = (long)(length - _buckets.Length) * sizeof(int) * (1 + ((width + 1) / 2));
        budget.Reserve(bytes, "the places of rows");
        _reserved += bytes;
        Array.Resize(ref _tuples, length / 2 * width);
        _buckets = new int[length];
        _shift = 32 - System.Numerics.BitOperations.Log2((uint)length);
        for (var place = 0; place < Count; place++)
        {
            var hash = 0u;
            foreach (var number in this[place])
            {
                hash = HashKernel.Mix(hash, number);
            }

            var at = (int)(hash >> _shift);
            while (_buckets[at] != 0)
            {
                at = (at + 1) & (length - 1);
            }

            _buckets[at] = place + 1;
        }
    }
}
