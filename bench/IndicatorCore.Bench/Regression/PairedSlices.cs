using System.Diagnostics;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace IndicatorCore.Bench.Regression;

/// <summary>
/// Measures one path on two sides in pairs of slices. Both sides are treated alike: the same repetitions, warmed in random order until the
/// compiler has been quiet for a while, opened anew in random order every few pairs so that their buffers lie elsewhere, and
/// collected between slices.
/// </summary>
/// <param name="above">The side whose time is divided.</param>
/// <param name="below">The side that it is divided by.</param>
/// <param name="folder">The data.</param>
/// <param name="random">Draws the order of each pair.</param>
internal sealed class PairedSlices(SideContext above, SideContext below, string folder, Random random)
{
    private const double SliceSeconds = 0.008;
    private const double QuietSeconds = 0.3;
    private const double LongestWarmUp = 8;
    private const int FewestRuns = 90;
    private const int PairsAnOpening = 15;
    private const int PairsACollection = 5;
    private const long UncollectedBytes = 200_000_000;

    /// <summary>The ratios of so many pairs.</summary>
    /// <exception cref="InvalidOperationException">The sides read different numbers of rows.</exception>
    public double[] Measure(string path, int pairs)
    {
        var ratios = new double[pairs];
        var repetitions = WarmUp(path);
        for (var i = 0; i < pairs;)
        {
            var (a, b) = OpenBoth(path);
            using (a)
            using (b)
            {
                for (var end = Math.Min(i + PairsAnOpening, pairs); i < end;)
                {
                    i = MeasureUncollected(a.Run, b.Run, repetitions, ratios, i, Math.Min(i + PairsACollection, end));
                }
            }
        }

        return ratios;
    }

    // A collection costs as much as a slice and falls on whoever allocates last, so collections happen between slices. When the slices
    // allocate more than was set aside they happen within, which is noise and no error.
    private int MeasureUncollected(Func<long> a, Func<long> b, int repetitions, double[] ratios, int start, int end)
    {
        _ = GC.TryStartNoGCRegion(UncollectedBytes);
        try
        {
            _ = Both(a, b);
            for (var i = start; i < end; i++)
            {
                ratios[i] = Pair(a, b, repetitions);
            }
        }
        finally
        {
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            {
                GC.EndNoGCRegion();
            }
        }

        return end;
    }

    private double Pair(Func<long> a, Func<long> b, int repetitions)
    {
        if (random.Next(2) == 0)
        {
            var first = Time(a, repetitions);
            return first / Time(b, repetitions);
        }

        var second = Time(b, repetitions);
        return Time(a, repetitions) / second;
    }

    // code is recompiled in the background after 30 calls and 100 ms without new code, at most twice; after that nothing comes any more
    private int WarmUp(string path)
    {
        var (a, b) = OpenBoth(path);
        using (a)
        using (b)
        {
            var (rowsAbove, rowsBelow) = (a.Run(), b.Run());
            if (rowsAbove != rowsBelow || rowsAbove == 0)
            {
                throw new InvalidOperationException($"{path}: this build reads {rowsAbove} rows and the baseline {rowsBelow}");
            }

            var all = Stopwatch.StartNew();
            var quiet = Stopwatch.StartNew();
            var compiled = JitInfo.GetCompiledMethodCount();
            var fastest = double.MaxValue;
            for (var runs = 0;
                all.Elapsed.TotalSeconds < LongestWarmUp && (quiet.Elapsed.TotalSeconds < QuietSeconds || runs < FewestRuns);
                runs++)
            {
                fastest = Math.Min(fastest, Both(a.Run, b.Run));
                if (JitInfo.GetCompiledMethodCount() is var now && now != compiled)
                {
                    compiled = now;
                    quiet.Restart();
                }
            }

            return (int)Math.Clamp(SliceSeconds / Math.Max(fastest / 2, 1e-9), 1, 1_000_000);
        }
    }

    // whoever always went first would be recompiled first
    private double Both(Func<long> a, Func<long> b) => random.Next(2) == 0 ? Time(a, 1) + Time(b, 1) : Time(b, 1) + Time(a, 1);

    private (SideSession Above, SideSession Below) OpenBoth(string path)
    {
        if (random.Next(2) == 0)
        {
            var first = above.Open(path, folder);
            return (first, below.Open(path, folder));
        }

        var second = below.Open(path, folder);
        return (above.Open(path, folder), second);
    }

    // compiled once and for all: a profile would favour the side that it met more often
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Time(Func<long> run, int count)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            _ = run();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
