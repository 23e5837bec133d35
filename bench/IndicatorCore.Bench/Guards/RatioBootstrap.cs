namespace IndicatorCore.Bench.Guards;

/// <summary>The median of pairs' ratios and its 99 % percentile bootstrap interval.</summary>
internal static class RatioBootstrap
{
    private const int Resamples = 2_000;
    private const int Tail = Resamples / 200;

    /// <summary>
    /// The interval of ratios in groups. Groups are drawn first and pairs within them after, so that what a group's pairs have in
    /// common (where its code and buffers came to lie) widens the interval instead of passing for a difference.
    /// </summary>
    /// <param name="groups">Ratios, at least one in all; a single group gives the ordinary bootstrap.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <exception cref="ArgumentException">There is no ratio.</exception>
    public static PairedRatio Interval(IReadOnlyList<double[]> groups, Random random)
    {
        var filled = groups.Where(static group => group.Length > 0).ToArray();
        if (filled.Length == 0)
        {
            throw new ArgumentException("no ratio to take the median of", nameof(groups));
        }

        var medians = new double[Resamples];
        var sample = new List<double>();
        for (var i = 0; i < Resamples; i++)
        {
            sample.Clear();
            for (var drawn = 0; drawn < filled.Length; drawn++)
            {
                var group = filled[random.Next(filled.Length)];
                for (var k = 0; k < group.Length; k++)
                {
                    sample.Add(group[random.Next(group.Length)]);
                }
            }

            sample.Sort();
            medians[i] = MedianOfSorted(sample);
        }

        Array.Sort(medians);
        return new PairedRatio(Median(filled.SelectMany(static group => group)), medians[Tail], medians[Resamples - 1 - Tail]);
    }

    /// <summary>The median; of an even count the mean of the middle two.</summary>
    /// <param name="values">At least one.</param>
    public static double Median(IEnumerable<double> values) => MedianOfSorted([.. values.Order()]);

    private static double MedianOfSorted(List<double> sorted) => (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}
