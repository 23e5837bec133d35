using IndicatorCore.Adapters.Csv;

namespace IndicatorCore.Adapters.PmXml;

/// <summary>
/// Volumes of periods to readings of counters. Periods that follow one another without a gap make one counter, which begins at 0: the differences of
/// its readings are the periods' volumes. Behind a gap another counter begins, so that nothing is said of the time between.
/// </summary>
internal sealed class PmVolumes
{
    // of one period: more is no cell's, and so no sum of periods can overflow
    private static readonly Int128 s_most = 1_000_000_000_000_000;

    private readonly Dictionary<(string Object, int Counter), Run> _runs = [];

    /// <summary>Adds a period.</summary>
    /// <param name="name">The object.</param>
    /// <param name="counter">The counter of the mapping.</param>
    /// <param name="start">The period's beginning.</param>
    /// <param name="end">Its end.</param>
    /// <param name="bytes">Its volume in bytes; null = not measured, or not to be trusted.</param>
    /// <returns>What it makes of it.</returns>
    public Reading Add(string name, int counter, long start, long end, ExactDecimal? bytes)
    {
        ref var run = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_runs, (name, counter), out var exists);
        if (exists && start < run.End)
        {
            // once more, or a correction that came too late: what is written stays
            return new Reading(IsOverlap: true, run.Number, HasStart: false, default);
        }

        if (bytes is not { } volume)
        {
            run = run with { End = end, IsOpen = false };
            return new Reading(IsOverlap: false, Math.Max(1, run.Number), HasStart: false, default);
        }

        var begins = !run.IsOpen || start != run.End;
        run = begins ? new Run(end, Add(default, volume), run.Number + 1, IsOpen: true) : run with { End = end, Sum = Add(run.Sum, volume) };
        return new Reading(IsOverlap: false, run.Number, begins, run.Sum);
    }

    /// <summary>Whether a volume can be one of a period: below a petabyte.</summary>
    public static bool IsPlausible(ExactDecimal bytes) => bytes.Mantissa / new ExactDecimal(1, 0).At(bytes.Scale) < s_most;

    private static ExactDecimal Add(ExactDecimal left, ExactDecimal right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new ExactDecimal(checked(left.At(scale) + right.At(scale)), scale);
    }

    /// <summary>What a period makes.</summary>
    /// <param name="IsOverlap">It overlaps an earlier one.</param>
    /// <param name="Number">The number of the counter, from 1.</param>
    /// <param name="HasStart">A reading of 0 at its beginning comes first.</param>
    /// <param name="Sum">The reading at its end.</param>
    public readonly record struct Reading(bool IsOverlap, int Number, bool HasStart, ExactDecimal Sum);

    private record struct Run(long End, ExactDecimal Sum, int Number, bool IsOpen);
}
