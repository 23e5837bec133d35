using IndicatorCore.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class ExtentKernelTests
{
    private static readonly Finding[] s_forms =
    [
        ExtentKernel.Of, ExtentKernel.Of<Lanes512>, ExtentKernel.Of<Lanes256>, ExtentKernel.Of<Lanes128>, ExtentKernel.Of<Lanes64>,
    ];

    private delegate (long Min, long Max) Finding(ReadOnlySpan<long> values);

    [Fact]
    public void The_least_and_the_largest_are_those_of_all_values()
    {
        var random = new Random(1);
        foreach (var length in KernelInputs.Lengths)
        {
            long[][] inputs = [KernelInputs.Longs(random, length), KernelInputs.Make(length, () => random.NextInt64(-1_000, 1_000))];
            foreach (var values in inputs)
            {
                var expected = length == 0 ? (long.MaxValue, long.MinValue) : (values.Min(), values.Max());
                Assert.All(s_forms, form => Assert.Equal(expected, form(KernelInputs.Amid(values, long.MinValue))));
                Assert.All(s_forms, form => Assert.Equal(expected, form(KernelInputs.Amid(values, long.MaxValue))));
            }
        }
    }
}
