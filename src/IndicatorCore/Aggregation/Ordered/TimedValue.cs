namespace IndicatorCore.Aggregation.Ordered;

/// <summary>A point of a sequence that is folded in time order when the report is made (decisions D4).</summary>
/// <param name="Time">When, UTC nanoseconds since 1970.</param>
/// <param name="Value">What: a reading at 10⁻⁶ of its unit, or the instant at which a stop ends.</param>
/// <param name="Kind">Which kind of point, from 0.</param>
internal readonly record struct TimedValue(long Time, long Value, byte Kind)
{
    /// <summary>By time, then value, then kind.</summary>
    public static int Compare(TimedValue left, TimedValue right)
    {
        var order = left.Time.CompareTo(right.Time);
        order = order != 0 ? order : left.Value.CompareTo(right.Value);
        return order != 0 ? order : left.Kind.CompareTo(right.Kind);
    }
}
