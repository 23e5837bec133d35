namespace IndicatorCore.Aggregation.Ordered;

/// <summary>One observation of an order-dependent indicator; what the numbers mean is its <see cref="PointKind"/>'s.</summary>
/// <param name="Time">UTC nanoseconds since 1970.</param>
/// <param name="A">The first number.</param>
/// <param name="B">The second number; 0 where the kind has none.</param>
/// <param name="C">The third number; 0 where the kind has none.</param>
internal readonly record struct Point(long Time, long A, long B = 0, long C = 0) : IComparable<Point>
{
    /// <summary>Whether a point comes before another.</summary>
    public static bool operator <(Point left, Point right) => left.CompareTo(right) < 0;

    /// <summary>Whether a point comes after another.</summary>
    public static bool operator >(Point left, Point right) => left.CompareTo(right) > 0;

    /// <summary>Whether a point does not come after another.</summary>
    public static bool operator <=(Point left, Point right) => left.CompareTo(right) <= 0;

    /// <summary>Whether a point does not come before another.</summary>
    public static bool operator >=(Point left, Point right) => left.CompareTo(right) >= 0;

    /// <summary>By time, then by the numbers: an order that depends on the points alone.</summary>
    public int CompareTo(Point other)
    {
        var order = Time.CompareTo(other.Time);
        order = order != 0 ? order : A.CompareTo(other.A);
        order = order != 0 ? order : B.CompareTo(other.B);
        return order != 0 ? order : C.CompareTo(other.C);
    }
}
