using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Aggregation.Ordered;

/// <summary>Readings of a counter in the order of time to what passed between them (indicator-definitions 6).</summary>
internal static class CounterFold
{
    private const long Second = 1_000_000_000;

    /// <summary>
    /// The spans between readings. Of readings at one instant the greatest counts. A counter that went back has wrapped where its width explains
    /// it: at a rate below the link's capacity, or without a known capacity by less than half of what it counts to; else it was reset.
    /// </summary>
    /// <param name="readings">The readings in their order (<see cref="PointKind.Counter"/>).</param>
    public static IEnumerable<CounterSpan> Spans(IEnumerable<Point> readings)
    {
        Point? before = null;
        foreach (var reading in Last(readings))
        {
            if (before is { } from)
            {
                yield return new CounterSpan(from.Time, reading.Time, Between(from, reading));
            }

            before = reading;
        }
    }

    /// <summary>
    /// The rates of whole seconds of UTC that spans of at most one second cover from end to end, in bit/s, rounded half to even; with the start
    /// of the second. A span's bytes are spread evenly over it.
    /// </summary>
    public static IEnumerable<(long Start, long Rate)> SecondRates(IEnumerable<CounterSpan> spans)
    {
        var (second, covered, bits) = (long.MinValue, 0L, (Int128)0);   // bits at 10^-9
        foreach (var span in spans)
        {
            if (span.IsReset || span.End - span.Start > Second)
            {
                continue;
            }

            for (var from = span.Start; from < span.End;)
            {
                var start = from - Modulo(from);
                var to = Math.Min(span.End, start + Second);
                if (start != second)
                {
                    (second, covered, bits) = (start, 0, 0);
                }

                covered += to - from;
                bits += HalfEven.Divide((Int128)span.Bytes * 8 * Second * (to - from), span.End - span.Start);
                if (covered == Second)
                {
                    yield return (second, (long)HalfEven.Divide(bits, Second));
                }

                from = to;
            }
        }
    }

    private static IEnumerable<Point> Last(IEnumerable<Point> readings)
    {
        Point? held = null;
        foreach (var reading in readings)
        {
            if (held is { } point && point.Time != reading.Time)
            {
                yield return point;
            }

            held = reading;   // in their order, the greatest comes last
        }

        if (held is { } last)
        {
            yield return last;
        }
    }

    private static long Between(in Point from, in Point to)
    {
        if (to.A >= from.A)
        {
            return to.A - from.A;
        }

        if (to.B is < 1 or > 63)
        {
            return -1;
        }

        var range = (Int128)1 << (int)to.B;
        var wrapped = to.A - from.A + range;
        var isExplained = from.A < range && (to.C > 0 ? wrapped * 8 * Second < (Int128)to.C * (to.Time - from.Time) : wrapped < range / 2);
        return isExplained ? (long)wrapped : -1;
    }

    private static long Modulo(long instant) => ((instant % Second) + Second) % Second;
}
