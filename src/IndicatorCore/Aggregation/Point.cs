namespace IndicatorCore.Aggregation;

/// <summary>A point of a sequence that is folded in time order when the report is made (decisions D4).</summary>
/// <param name="Time">When, UTC nanoseconds since 1970.</param>
/// <param name="Value">What: a reading at 10⁻⁶ of its unit, or the instant at which a stop ends.</param>
/// <param name="Kind">Which kind of point, from 0.</param>
internal readonly record struct Point(long Time, long Value, byte Kind) : IComparable<Point>
{
    /// <summary>By time, then value, then kind.</summary>
    public int CompareTo(Point other)
    {
        var order = Time.CompareTo(other.Time);
        order = order != 0 ? order : Value.CompareTo(other.Value);
        return order != 0 ? order : Kind.CompareTo(other.Kind);
    }
}
