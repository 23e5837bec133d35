namespace IndicatorCore.Generation.Expectations;

/// <summary>Values of a measure at 10⁻⁶ by how many samples have them.</summary>
internal sealed class RadioValueCount
{
    private readonly SortedDictionary<long, long> _values = [];

    public long Count { get; private set; }

    public void Add(long value, long count)
    {
        Count += count;
        _values[value] = _values.GetValueOrDefault(value) + count;
    }

    public void Add(RadioValueCount other)
    {
        foreach (var (value, count) in other._values)
        {
            Add(value, count);
        }
    }

    /// <summary>"q_p = x_(ceil(p·n))" (1.6); null of nothing.</summary>
    public long? Quantile(int percent)
    {
        var rank = ((percent * Count) + 99) / 100;
        foreach (var (value, count) in _values)
        {
            rank -= count;
            if (rank <= 0)
            {
                return value;
            }
        }

        return null;
    }
}
