namespace IndicatorCore.Aggregation;

/// <summary>Values and how often they occur: an open-addressing table that grows by doubling.</summary>
internal sealed class ValueCounter
{
    private const int FirstLength = 256;

    private readonly SampleBudget _budget;
    private long[] _values = new long[FirstLength];
    private long[] _counts = new long[FirstLength];
    private int _shift = 64 - 8;

    /// <summary>An empty one.</summary>
    public ValueCounter(SampleBudget budget)
    {
        _budget = budget;
        budget.Reserve(Bytes);
    }

    /// <summary>Distinct values.</summary>
    public int Distinct { get; private set; }

    /// <summary>Bytes held.</summary>
    public long Bytes => (long)_values.Length * 2 * sizeof(long);

    /// <summary>Counts a value.</summary>
    public void Add(long value, long count)
    {
        var at = Find(value);
        if (_counts[at] == 0)
        {
            if (4L * (Distinct + 1) > 3L * _values.Length)
            {
                Grow();
                at = Find(value);
            }

            _values[at] = value;
            Distinct++;
        }

        _counts[at] = checked(_counts[at] + count);
    }

    /// <summary>Counts all of another table, each value as <paramref name="map"/> says.</summary>
    public void AddAll(ValueCounter other, Func<long, long>? map = null)
    {
        for (var i = 0; i < other._values.Length; i++)
        {
            if (other._counts[i] != 0)
            {
                Add(map is null ? other._values[i] : map(other._values[i]), other._counts[i]);
            }
        }
    }

    /// <summary>The values in ascending order, and their counts.</summary>
    public (long[] Values, long[] Counts) Sorted()
    {
        var (values, counts) = (new long[Distinct], new long[Distinct]);
        var next = 0;
        for (var i = 0; i < _values.Length; i++)
        {
            if (_counts[i] != 0)
            {
                (values[next], counts[next]) = (_values[i], _counts[i]);
                next++;
            }
        }

        Array.Sort(values, counts);
        return (values, counts);
    }

    /// <summary>Gives the memory back; not to be used afterwards.</summary>
    public void Release() => _budget.Release(Bytes);

    private int Find(long value)
    {
        var mask = _values.Length - 1;
        var at = (int)(((ulong)value * 0x9E3779B97F4A7C15UL) >> _shift);
        while (_counts[at] != 0 && _values[at] != value)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    private void Grow()
    {
        _budget.Reserve(Bytes);
        var (values, counts) = (_values, _counts);
        _values = new long[values.Length * 2];
        _counts = new long[values.Length * 2];
        _shift--;
        for (var i = 0; i < values.Length; i++)
        {
            if (counts[i] != 0)
            {
                var at = Find(values[i]);
                (_values[at], _counts[at]) = (values[i], counts[i]);
            }
        }
    }
}
