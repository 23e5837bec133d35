using System.Diagnostics;

namespace IndicatorCore.Bench.Guards;

/// <summary>
/// How much longer one action takes than another: both run in slices of about 8 ms, in pairs of random order, so that what
/// else the machine does meets both alike. The statistic is the median of the pairs' ratios with a bootstrap interval.
/// </summary>
/// <param name="Median">The median ratio.</param>
/// <param name="Low">The lower end of the 99 % interval.</param>
/// <param name="High">The upper end.</param>
internal readonly record struct PairedRatio(double Median, double Low, double High)
{
    private const double SliceSeconds = 0.008;

    /// <summary>Measures.</summary>
    /// <param name="above">The action whose time is divided.</param>
    /// <param name="below">The action that it is divided by.</param>
    /// <param name="pairs">How many pairs of slices.</param>
    /// <param name="seed">Of the order of each pair and of the bootstrap.</param>
    public static PairedRatio Measure(Action above, Action below, int pairs, int seed)
    {
        var random = new Random(seed);
        var (aboveCount, belowCount) = (Repetitions(above), Repetitions(below));
        var ratios = new double[pairs];
        for (var i = 0; i < pairs; i++)
        {
            double aboveTime, belowTime;
            if (random.Next(2) == 0)
            {
                aboveTime = Time(above, aboveCount);
                belowTime = Time(below, belowCount);
            }
            else
            {
                belowTime = Time(below, belowCount);
                aboveTime = Time(above, aboveCount);
            }

            ratios[i] = aboveTime / aboveCount / (belowTime / belowCount);
        }

        return RatioBootstrap.Interval([ratios], random);
    }

    // long enough for tiered compilation to settle, then as many as fill a slice
    private static int Repetitions(Action action)
    {
        var warm = Stopwatch.StartNew();
        var best = double.MaxValue;
        for (var i = 0; i < 40 || warm.Elapsed.TotalSeconds < 0.3; i++)
        {
            best = Math.Min(best, Time(action, 1));
        }

        return (int)Math.Clamp(SliceSeconds / Math.Max(best, 1e-9), 1, 1_000_000);
    }

    private static double Time(Action action, int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
