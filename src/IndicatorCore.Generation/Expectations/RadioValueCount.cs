using System.Numerics;

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

    /// <summary>The level of the mean power, each value taken at 0.1 dB; null of nothing (3.5, W17b).</summary>
    public double? MeanPower()
    {
        var power = BigInteger.Zero;
        foreach (var (value, count) in _values)
        {
            // at 10⁻⁶ dB to tenths, half to even; values are negative or not
            var tenths = Exact.RoundedQuotient(BigInteger.Abs(value), 100_000);
            power += count * Decibel.Power((int)(value < 0 ? -tenths : tenths));
        }

        return Count == 0 ? null : Decibel.Level(power, Count);
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
