namespace IndicatorCore.Indicators.Phases;

/// <summary>The local days on which any of some strata has a row of a phase, ascending, by their place among them.</summary>
internal sealed class DayNumbers
{
    private readonly int _first;
    private readonly int[] _places;   // from the first day on; where there is no row, the place of the next that has

    private DayNumbers(int first, int[] places, int count)
    {
        _first = first;
        _places = places;
        Count = count;
    }

    /// <summary>How many days there are.</summary>
    public int Count { get; }

    /// <summary>The place of a day that is among them.</summary>
    public int this[int day] => _places[day - _first];

    /// <summary>The days of a phase.</summary>
    public static DayNumbers Of(IReadOnlyCollection<Stratum> strata, int phase)
    {
        int first = int.MaxValue, last = int.MinValue;
        foreach (var stratum in strata)
        {
            foreach (var amount in stratum.Days)
            {
                if (amount.Phase == phase)
                {
                    first = Math.Min(first, amount.Day);
                    last = Math.Max(last, amount.Day);
                }
            }
        }

        if (first > last)
        {
            return new DayNumbers(0, [], 0);
        }

        var places = new int[last - first + 1];
        foreach (var stratum in strata)
        {
            foreach (var amount in stratum.Days)
            {
                if (amount.Phase == phase)
                {
                    places[amount.Day - first] = 1;
                }
            }
        }

        var count = 0;
        foreach (ref var place in places.AsSpan())
        {
            (place, count) = (count, count + place);
        }

        return new DayNumbers(first, places, count);
    }
}
