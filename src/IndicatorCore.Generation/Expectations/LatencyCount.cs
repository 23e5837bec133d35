namespace IndicatorCore.Generation.Expectations;

/// <summary>Probes of a scope.</summary>
internal sealed class LatencyCount
{
    private readonly SortedDictionary<long, long> _received = [];

    /// <summary>Packets that came back.</summary>
    public long Valid { get; private set; }

    /// <summary>Packets that did not.</summary>
    public long Lost { get; private set; }

    /// <summary>Packets of which the prober kept no figure.</summary>
    public long Missing { get; private set; }

    /// <summary>All rows.</summary>
    public long Received => Valid + Lost + Missing;

    public void Add(float? milliseconds)
    {
        if (milliseconds is not { } known)
        {
            Lost++;
        }
        else if (float.IsNaN(known))
        {
            Missing++;
        }
        else
        {
            // 24 bits times 20 bits are exact in a double, so this rounds once, half to even (1.5)
            Add((long)Math.Round(known * 1e6, MidpointRounding.ToEven), 1);
        }
    }

    public void Add(LatencyCount other)
    {
        Lost += other.Lost;
        Missing += other.Missing;
        foreach (var (value, count) in other._received)
        {
            Add(value, count);
        }
    }

    /// <summary>"q_p = x_(ceil(p·n))" (1.6) of n packets; null where the rank falls on a lost one.</summary>
    public long? Quantile(int percent, bool ofSent)
    {
        var rank = ((percent * (ofSent ? Valid + Lost : Valid)) + 99) / 100;
        foreach (var (value, count) in _received)
        {
            rank -= count;
            if (rank <= 0)
            {
                return value;
            }
        }

        return null;
    }

    private void Add(long value, long count)
    {
        Valid += count;
        _received[value] = _received.GetValueOrDefault(value) + count;
    }
}
