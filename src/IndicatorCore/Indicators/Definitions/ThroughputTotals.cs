using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>What counters of a group tell in a window.</summary>
internal sealed class ThroughputTotals : ArrivalTotals
{
    private readonly List<long> _rates = [];

    /// <summary>Bytes: of all counters, of uplinks, of downlinks.</summary>
    public Int128[] Bytes { get; } = new Int128[3];

    /// <summary>The nanoseconds that they took, likewise.</summary>
    public Int128[] Time { get; } = new Int128[3];

    /// <summary>Spans that were dropped because the counter was reset.</summary>
    public long Resets { get; private set; }

    /// <summary>How many whole seconds have a rate.</summary>
    public int Seconds => _rates.Count;

    /// <summary>Adds what passed between two readings.</summary>
    /// <param name="span">The readings.</param>
    /// <param name="direction">1 = up, 2 = down, 0 = neither.</param>
    public void Add(CounterSpan span, int direction)
    {
        if (span.IsReset)
        {
            Resets++;
            return;
        }

        foreach (var at in direction == 0 ? (ReadOnlySpan<int>)[0] : [0, direction])
        {
            Bytes[at] += span.Bytes;
            Time[at] += span.End - span.Start;
        }
    }

    /// <summary>Adds the rate of a second, bit/s.</summary>
    public void AddRate(long rate) => _rates.Add(rate);

    /// <summary>A quantile of the rates by nearest rank, at least one of them.</summary>
    /// <param name="percent">From 1 to 99.</param>
    public long Rate(int percent)
    {
        _rates.Sort();
        return _rates[(int)QuantileTotals.Rank(percent, _rates.Count) - 1];
    }
}
