using System.Numerics;

namespace IndicatorCore.Reference.Kernels;

/// <summary>The least and greatest values of runs, value by value.</summary>
internal static class ExtremeReference
{
    /// <summary>The extremes of each run.</summary>
    public static (T Least, T Greatest)[] Runs<T>(ReadOnlySpan<T> values, int from, ReadOnlySpan<int> ends)
        where T : INumber<T>
    {
        var extremes = new (T Least, T Greatest)[ends.Length];
        for (var run = 0; run < ends.Length; run++)
        {
            extremes[run] = (values[from], values[from]);
            for (; from < ends[run]; from++)
            {
                extremes[run] = (T.Min(extremes[run].Least, values[from]), T.Max(extremes[run].Greatest, values[from]));
            }
        }

        return extremes;
    }
}
