namespace IndicatorCore.Aggregation.Ordered;

/// <summary>Spans to how many of them there are at once (indicator-definitions 6).</summary>
internal static class ConcurrencyFold
{
    /// <summary>The most that are active at one instant; spans are half-open, so one that ends where another starts is over. None may be empty.</summary>
    /// <param name="starts">The starts; sorted afterwards.</param>
    /// <param name="ends">The ends, in any order; sorted afterwards.</param>
    public static long Most(List<long> starts, List<long> ends)
    {
        starts.Sort();
        ends.Sort();
        var (most, ended) = (0L, 0);
        for (var started = 0; started < starts.Count; started++)
        {
            while (ends[ended] <= starts[started])
            {
                ended++;
            }

            most = Math.Max(most, started + 1 - ended);
        }

        return most;
    }
}
