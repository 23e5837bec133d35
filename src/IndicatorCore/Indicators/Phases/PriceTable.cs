using System.Numerics;

namespace IndicatorCore.Indicators.Phases;

/// <summary>Registered price indices of cost elements by month, as integers of one scale (indicator-definitions 5).</summary>
internal sealed class PriceTable
{
    private readonly Dictionary<(string? Element, int Month), BigInteger> _prices = [];

    /// <summary>Takes the indices, each above 0; of several for one element and month the first.</summary>
    public PriceTable(IReadOnlyList<(string? Element, DateOnly Month, decimal Index)> prices)
    {
        var scale = prices.Count == 0 ? 0 : prices.Max(static price => price.Index.Scale);
        One = BigInteger.Pow(10, scale);
        foreach (var (element, month, index) in prices)
        {
            var exact = new BigInteger(index * (decimal)BigInteger.Pow(10, index.Scale)) * BigInteger.Pow(10, scale - index.Scale);
            _prices.TryAdd((element, CalendarDay.Month(CalendarDay.FromDate(month))), exact);
        }
    }

    /// <summary>The integer that stands for an index of 1.</summary>
    public BigInteger One { get; }

    /// <summary>The index of an element in the month of a local day, in units of 1 ÷ <see cref="One"/>; null where none is registered.</summary>
    public BigInteger? Find(string? element, int day) => _prices.TryGetValue((element, CalendarDay.Month(day)), out var price) ? price : null;
}
