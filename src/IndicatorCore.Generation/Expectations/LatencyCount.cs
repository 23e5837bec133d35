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

    /// <summary>Packets whose deadline passed before the window's end.</summary>
    public long Judged { get; private set; }

    /// <summary>Those of them that came within it.</summary>
    public long InTime { get; private set; }

    /// <summary>All rows.</summary>
    public long Received => Valid + Lost + Missing;

    /// <summary>Counts a packet.</summary>
    /// <param name="milliseconds">How long it took; null is lost, NaN says nothing.</param>
    /// <param name="deadline">How long it might take.</param>
    /// <param name="isInFlight">Whether it was sent later than the window's end less its deadline: "excluded" (section 6).</param>
    public void Add(float? milliseconds, int deadline, bool isInFlight)
    {
        if (!isInFlight && !(milliseconds is { } took && float.IsNaN(took)))
        {
            Judged++;
            InTime += milliseconds <= deadline ? 1 : 0;
        }

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
        Judged += other.Judged;
        InTime += other.InTime;
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
