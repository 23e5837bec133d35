using IndicatorCore.Kernels;

namespace IndicatorCore.Aggregation;

/// <summary>
/// A sample for quantiles: its values as they came while they are few, then values and counts, then log-linear buckets once there are
/// more than 65,536 distinct ones (indicator-definitions 1.6). What it answers and how it is stored depend on the values alone, never on
/// the order, split or merging in which they came.
/// </summary>
internal sealed class ValueSample
{
    /// <summary>The most distinct values that are kept apart.</summary>
    public const int MaxDistinct = 65_536;

    private const int FirstCheck = 4_096;   // below, raw values are smaller than any table of them

    private readonly SampleBudget _budget;
    private readonly bool _fromStart;
    private uint[] _narrow = [];
    private long[]? _wide;          // instead of _narrow, once a value needs it
    private int _raw;               // values in _narrow or _wide
    private int _check = FirstCheck;
    private ValueCounter? _counter; // instead of raw values
    private long _min = long.MaxValue;
    private long _max = long.MinValue;

    /// <summary>An empty sample.</summary>
    /// <param name="budget">What it is charged to.</param>
    /// <param name="bucketed">Whether values go to buckets from the start (<c>quantiles: bucketed</c>).</param>
    public ValueSample(SampleBudget budget, bool bucketed)
    {
        _budget = budget;
        _fromStart = bucketed;
        IsBucketed = bucketed;
    }

    /// <summary>Values in all.</summary>
    public long Count { get; private set; }

    /// <summary>Whether values are those of buckets.</summary>
    public bool IsBucketed { get; private set; }

    /// <summary>The least value, exact also of buckets; meaningless while there is none.</summary>
    public long Min => _counter is null && !IsBucketed && Count > 0 ? RawMinMax().Min : _min;

    /// <summary>The greatest value, exact also of buckets; meaningless while there is none.</summary>
    public long Max => _counter is null && !IsBucketed && Count > 0 ? RawMinMax().Max : _max;

    /// <summary>The values as they came, where they are kept in four bytes each.</summary>
    public ReadOnlySpan<uint> Narrow => _narrow.AsSpan(0, _raw);

    /// <summary>Adds values.</summary>
    public void Add(ReadOnlySpan<uint> values)
    {
        if (_counter is null && _wide is null && !IsBucketed && _raw + (long)values.Length <= MaxDistinct)
        {
            Room(values.Length);
            values.CopyTo(_narrow.AsSpan(_raw));
            _raw += values.Length;
            Count += values.Length;
            Settle();
            return;
        }

        foreach (var value in values)
        {
            Add(value, 1);
        }
    }

    /// <summary>Adds values.</summary>
    public void Add(ReadOnlySpan<long> values)
    {
        foreach (var value in values)
        {
            Add(value, 1);
        }
    }

    /// <summary>Adds a value so many times.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">Above 0.</param>
    public void Add(long value, long count)
    {
        Count = checked(Count + count);
        if (IsBucketed)
        {
            (_min, _max) = (Math.Min(_min, value), Math.Max(_max, value));
            value = LogLinearBuckets.Representative(value);
        }

        if (_counter is null && count > MaxDistinct - _raw)
        {
            CountRaw();
        }

        if (_counter is not null)
        {
            AddCounted(value, count);
            return;
        }

        Room((int)count);
        if (_wide is null && (ulong)value > uint.MaxValue)
        {
            Widen();
        }

        if (_wide is null)
        {
            _narrow.AsSpan(_raw, (int)count).Fill((uint)value);
        }
        else
        {
            _wide.AsSpan(_raw, (int)count).Fill(value);
        }

        _raw += (int)count;
        Settle();
    }

    /// <summary>Adds all values of another sample, which stays as it is.</summary>
    public void MergeFrom(ValueSample other)
    {
        if (other.Count == 0)
        {
            return;
        }

        if (other.IsBucketed)
        {
            var (least, greatest) = (other._min, other._max);
            Bucket();
            (_min, _max) = (Math.Min(_min, least), Math.Max(_max, greatest));
        }

        if (other._counter is { } counter)
        {
            var (values, counts) = counter.Sorted();
            var (min, max) = (_min, _max);
            for (var i = 0; i < values.Length; i++)
            {
                Add(values[i], counts[i]);
            }

            if (other.IsBucketed)
            {
                (_min, _max) = (min, max);   // representatives are no values
            }
            else if (IsBucketed)
            {
                (_min, _max) = (Math.Min(min, other._min), Math.Max(max, other._max));
            }
        }
        else if (other._wide is { } wide)
        {
            var (min, max) = (_min, _max);
            Add(wide.AsSpan(0, other._raw));
            (_min, _max) = other.IsBucketed ? (min, max) : (_min, _max);
        }
        else
        {
            var (min, max) = (_min, _max);
            Add(other.Narrow);
            (_min, _max) = other.IsBucketed ? (min, max) : (_min, _max);
        }
    }

    /// <summary>Notes the extremes that a stored sample of buckets had: they are not among its representatives.</summary>
    public void Bound(long min, long max) => (_min, _max) = (min, max);

    /// <summary>Makes buckets of the values, as a stored sample of buckets had.</summary>
    public void Bucket()
    {
        if (IsBucketed)
        {
            return;
        }

        if (Count > 0)
        {
            (_min, _max) = (Min, Max);
        }

        IsBucketed = true;
        if (_counter is { } counter)
        {
            _counter = new ValueCounter(_budget);
            _counter.AddAll(counter, LogLinearBuckets.Representative);
            counter.Release();
            return;
        }

        for (var i = 0; i < _raw; i++)
        {
            if (_wide is null)
            {
                _narrow[i] = (uint)LogLinearBuckets.Representative(_narrow[i]);
            }
            else
            {
                _wide[i] = LogLinearBuckets.Representative(_wide[i]);
            }
        }
    }

    /// <summary>The values (representatives of buckets) in ascending order with their counts: the same for equal samples, however they came to be.</summary>
    public (long[] Values, long[] Counts) Sorted()
    {
        if (_counter is not null)
        {
            return _counter.Sorted();
        }

        var all = new long[_raw];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = _wide is null ? _narrow[i] : _wide[i];
        }

        Array.Sort(all);
        var (values, counts) = (new List<long>(), new List<long>());
        foreach (var value in all)
        {
            if (values.Count > 0 && values[^1] == value)
            {
                counts[^1]++;
            }
            else
            {
                values.Add(value);
                counts.Add(1);
            }
        }

        return ([.. values], [.. counts]);
    }

    /// <summary>The values of ranks, 1 for the least to <see cref="Count"/> for the greatest; of buckets their representatives.</summary>
    public void Select(ReadOnlySpan<long> ranks, Span<long> results)
    {
        if (_counter is null)
        {
            for (var i = 0; i < ranks.Length; i++)
            {
                results[i] = _wide is null
                    ? RankKernel.Select(_narrow.AsSpan(0, _raw), checked((int)ranks[i]))
                    : RankKernel.Select(_wide.AsSpan(0, _raw), checked((int)ranks[i]));
            }

            return;
        }

        var (values, counts) = _counter.Sorted();
        for (var i = 0; i < ranks.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(ranks[i], 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(ranks[i], Count);
            var at = 0;
            for (var below = counts[0]; below < ranks[i]; below += counts[at])
            {
                at++;
            }

            results[i] = values[at];
        }
    }

    /// <summary>Gives the memory back; empty afterwards.</summary>
    public void Clear()
    {
        _budget.Release(RawBytes);
        _counter?.Release();
        (_narrow, _wide, _raw, _counter, _check, Count) = ([], null, 0, null, FirstCheck, 0);
        (_min, _max, IsBucketed) = (long.MaxValue, long.MinValue, _fromStart);
    }

    private long RawBytes => ((long)_narrow.Length * sizeof(uint)) + ((long)(_wide?.Length ?? 0) * sizeof(long));

    private (long Min, long Max) RawMinMax() => _wide is null ? RankKernel.MinMax(Narrow) : RankKernel.MinMax(_wide.AsSpan(0, _raw));

    private void Room(int count)
    {
        var needed = _raw + count;
        var held = _wide?.Length ?? _narrow.Length;
        if (needed <= held)
        {
            return;
        }

        // what comes first is often all: exactly so much, and half as much again later
        var length = held == 0 ? Math.Max(needed, 4) : Math.Max(needed, held + (held / 2));
        _budget.Reserve((long)(length - held) * (_wide is null ? sizeof(uint) : sizeof(long)));
        if (_wide is null)
        {
            Array.Resize(ref _narrow, length);
        }
        else
        {
            Array.Resize(ref _wide, length);
        }
    }

    private void Widen()
    {
        _budget.Reserve((long)_narrow.Length * sizeof(long));
        var wide = new long[_narrow.Length];
        for (var i = 0; i < _raw; i++)
        {
            wide[i] = _narrow[i];
        }

        _budget.Release((long)_narrow.Length * sizeof(uint));
        (_narrow, _wide) = ([], wide);
    }

    // a table instead of raw values once that is smaller
    private void Settle()
    {
        if (_raw < _check)
        {
            return;
        }

        _check = checked(_raw * 4);
        var before = RawBytes;
        var trial = new ValueCounter(_budget);
        for (var i = 0; i < _raw && trial.Bytes < before; i++)
        {
            trial.Add(_wide is null ? _narrow[i] : _wide[i], 1);
        }

        if (trial.Bytes < before)
        {
            CountRaw();
        }

        trial.Release();
    }

    private void CountRaw()
    {
        var counter = new ValueCounter(_budget);
        for (var i = 0; i < _raw; i++)
        {
            var value = _wide is null ? _narrow[i] : _wide[i];
            if (!IsBucketed)
            {
                (_min, _max) = (Math.Min(_min, value), Math.Max(_max, value));
            }

            counter.Add(value, 1);   // at most 65,536 raw values, so no more distinct ones
        }

        _budget.Release(RawBytes);
        (_narrow, _wide, _raw, _counter) = ([], null, 0, counter);
    }

    private void AddCounted(long value, long count)
    {
        if (!IsBucketed)
        {
            (_min, _max) = (Math.Min(_min, value), Math.Max(_max, value));
        }

        _counter!.Add(value, count);
        if (!IsBucketed && _counter.Distinct > MaxDistinct)
        {
            Bucket();
        }
    }
}
