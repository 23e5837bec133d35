namespace IndicatorCore.Indicators.Definitions;

/// <summary>The capacities of a group's links in a window.</summary>
internal sealed class CapacityTotals : ArrivalTotals
{
    private readonly Dictionary<int, long> _links = [];

    /// <summary>How many links say what they can carry.</summary>
    public int Links => _links.Count;

    /// <summary>The sum over links, bit/s.</summary>
    public Int128 Sum => _links.Values.Aggregate((Int128)0, static (sum, capacity) => sum + capacity);

    /// <summary>Notes a link's capacity; of several the greatest counts.</summary>
    /// <param name="link">The number of its object.</param>
    /// <param name="capacity">Above 0, bit/s.</param>
    public void Add(int link, long capacity) => _links[link] = Math.Max(capacity, _links.GetValueOrDefault(link));
}
