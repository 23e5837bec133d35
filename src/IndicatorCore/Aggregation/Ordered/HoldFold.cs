namespace IndicatorCore.Aggregation.Ordered;

/// <summary>Samples in the order of time to the time that they cover: each holds until the next one, and no longer than it may (indicator-definitions 3.3).</summary>
internal static class HoldFold
{
    /// <summary>The covered time. Of samples at one instant all must be covered; they hold as long as the longest of them.</summary>
    /// <param name="samples">The samples in the order of time (<see cref="PointKind.Sample"/>).</param>
    public static TimeSpans Covered(IEnumerable<Point> samples)
    {
        var covered = new TimeSpans();
        Point? held = null;
        foreach (var sample in samples)
        {
            if (held is { } point && point.Time == sample.Time)
            {
                held = point with { A = Math.Max(point.A, sample.A), B = Math.Min(point.B, sample.B) };
                continue;
            }

            Hold(held, sample.Time, covered);
            held = sample;
        }

        Hold(held, long.MaxValue, covered);
        return covered;
    }

    private static void Hold(Point? sample, long next, TimeSpans covered)
    {
        if (sample is { B: 1 } held)
        {
            covered.Add(held.Time, Math.Min(next, held.A > long.MaxValue - held.Time ? long.MaxValue : held.Time + held.A));
        }
    }
}
