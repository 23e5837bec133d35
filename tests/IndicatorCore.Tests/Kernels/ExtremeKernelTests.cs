using System.Numerics;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class ExtremeKernelTests
{
    [Fact]
    public void The_extremes_of_runs_are_those_of_their_values()
    {
        var random = new Random(1);
        foreach (var length in KernelInputs.Lengths)
        {
            foreach (var ends in KernelInputs.Ends(random, length))
            {
                Check(KernelInputs.Make(length, () => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 9))), ends, double.NaN);
                Check(KernelInputs.Make(length, () => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 9)))), ends, float.NaN);
                Check(KernelInputs.Make(length, () => random.Next(int.MinValue, int.MaxValue)), ends, int.MinValue);
            }
        }
    }

    // from a row on, and among others that would show
    private static void Check<T>(T[] values, int[] ends, T other)
        where T : unmanaged, INumber<T>
    {
        foreach (var before in new[] { 0, 3 })
        {
            T[] amid = [.. Enumerable.Repeat(other, before), .. values, other, other];
            int[] shifted = [.. ends.Select(end => end + before)];
            var (least, greatest) = (new T[ends.Length], new T[ends.Length]);
            ExtremeKernel.Runs(amid, before, shifted, least, greatest);
            Assert.Equal(ExtremeReference.Runs(amid, before, shifted), least.Zip(greatest));
        }
    }
}
