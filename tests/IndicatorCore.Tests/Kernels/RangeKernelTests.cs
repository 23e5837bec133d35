using System.Numerics;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class RangeKernelTests
{
    private static readonly Marking<long>[] s_longs =
    [
        RangeKernel.Mark, RangeKernel.Mark<Block512<long>, long>, RangeKernel.Mark<Block256<long>, long>,
        RangeKernel.Mark<Block128<long>, long>, RangeKernel.Mark<BlockOfOne<long>, long>,
    ];

    private static readonly Marking<int>[] s_ints =
    [
        RangeKernel.Mark, RangeKernel.Mark<Block512<int>, int>, RangeKernel.Mark<Block256<int>, int>,
        RangeKernel.Mark<Block128<int>, int>, RangeKernel.Mark<BlockOfOne<int>, int>,
    ];

    private static readonly Marking<float>[] s_floats =
    [
        RangeKernel.Mark, RangeKernel.Mark<Block512<float>, float>, RangeKernel.Mark<Block256<float>, float>,
        RangeKernel.Mark<Block128<float>, float>, RangeKernel.Mark<BlockOfOne<float>, float>,
    ];

    private static readonly Marking<double>[] s_doubles =
    [
        RangeKernel.Mark, RangeKernel.Mark<Block512<double>, double>, RangeKernel.Mark<Block256<double>, double>,
        RangeKernel.Mark<Block128<double>, double>, RangeKernel.Mark<BlockOfOne<double>, double>,
    ];

    private static readonly double[] s_corners =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, -140, -44, double.Epsilon, double.MaxValue, double.MinValue];

    private delegate void Marking<T>(ReadOnlySpan<T> values, T low, T high, Span<ulong> bits);

    [Fact]
    public void Rows_in_a_range_are_those_that_lie_in_it_one_by_one()
    {
        var random = new Random(1);
        foreach (var length in KernelInputs.Lengths)
        {
            var longs = KernelInputs.Longs(random, length);
            var ints = KernelInputs.Make(length, () => random.Next(4) == 0 ? int.MinValue : random.Next(-3, 4));
            var doubles = KernelInputs.Make(length, () => random.Next(3) == 0 ? s_corners[random.Next(s_corners.Length)] : (random.NextDouble() * 300) - 200);
            foreach (var (low, high) in new[] { (0L, 10L), (long.MinValue, long.MaxValue), (1L, 0L), (-5L, long.MaxValue), (long.MinValue, 1L << 40) })
            {
                Check(s_longs, longs, low, high, low);
                Check(s_ints, ints, (int)Math.Max(low, int.MinValue), (int)Math.Min(high, int.MaxValue), 1);
            }

            foreach (var (low, high) in new[] { (-140.0, -44.0), (0, 0), (double.NegativeInfinity, double.PositiveInfinity), (double.NaN, 5) })
            {
                Check(s_doubles, doubles, low, high, low);
                Check(s_floats, [.. doubles.Select(static v => (float)v)], (float)low, (float)high, (float)low);
            }
        }
    }

    [Fact]
    public void NaN_lies_nowhere()
    {
        var bits = new ulong[1];
        RangeKernel.Mark([double.NaN, 1], double.NegativeInfinity, double.PositiveInfinity, bits);
        Assert.Equal(0b10UL, bits[0]);
    }

    private static void Check<T>(Marking<T>[] forms, T[] values, T low, T high, T poison)
        where T : INumber<T>
    {
        var words = (values.Length + 63) / 64;
        var expected = Enumerable.Repeat(7UL, words + 1).ToArray();
        RangeReference.Mark(values, low, high, expected);
        foreach (var form in forms)
        {
            var actual = Enumerable.Repeat(7UL, words + 1).ToArray();
            form(KernelInputs.Amid(values, poison), low, high, actual);
            Assert.Equal(expected, actual);
        }
    }
}
