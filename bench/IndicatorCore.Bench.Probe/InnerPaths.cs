using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndicatorCore.Compression;
using IndicatorCore.Kernels;

namespace IndicatorCore.Bench.Probe;

/// <summary>What is too small a part of any way in to be seen there. Internal members change freely: a build that lacks one cannot run its path.</summary>
internal static class InnerPaths
{
    private const int Rows = 2_048;
    private const int Run = 50;
    private const int Repetitions = 16;

    /// <summary>Sums of runs of 50 rows, some null.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (Func<long> Run, Action Close) OpenSumRuns()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, Rows).Select(_ => random.NextInt64(1L << 40)).ToArray();
        var mask = Enumerable.Range(0, Rows / 64).Select(_ => (ulong)random.NextInt64() | (ulong)random.NextInt64() | (1UL << 63)).ToArray();
        var ends = Enumerable.Range(1, (Rows + Run - 1) / Run).Select(static i => Math.Min(i * Run, Rows)).ToArray();
        var sums = new long[ends.Length * 4];
        return (() => SumRuns(values, mask, ends, sums), static () => { });
    }

    /// <summary>Readings to fixed point.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (Func<long> Run, Action Close) OpenFixedPoint()
    {
        var readings = Readings(Rows);
        var results = new long[Rows];
        return (() => Convert(readings, results), static () => { });
    }

    /// <summary>A block of 64 KiB of readings.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (Func<long> Run, Action Close) OpenBlock()
    {
        var plain = MemoryMarshal.AsBytes(Readings(8_192).AsSpan()).ToArray();
        var block = new byte[Lz4Block.MaxEncodedBytes(plain.Length)];
        block = block[..Lz4Block.Encode(plain, block)];
        return (() => Decode(block, plain), static () => { });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long SumRuns(long[] values, ulong[] mask, int[] ends, long[] sums)
    {
        for (var i = 0; i < Repetitions; i++)
        {
            ReduceKernel.SumRuns(values, mask, ends, sums, 4, 0);
        }

        return Rows * Repetitions;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Convert(double[] readings, long[] results)
    {
        for (var i = 0; i < Repetitions; i++)
        {
            FixedPointKernel.Convert(readings, 1_000_000, results);
        }

        return Rows * Repetitions;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Decode(byte[] block, byte[] output)
    {
        Lz4Block.Decode(block, output, 0, 0, out var written, out _);
        return written;
    }

    private static double[] Readings(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => (random.Next(400) / 10.0) - 110)];
    }
}
