using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class InstantKernelTests
{
    private static readonly Scaling[] s_forms =
    [
        InstantKernel.Scale, InstantKernel.Scale<Lanes512>, InstantKernel.Scale<Lanes256>, InstantKernel.Scale<Lanes128>, InstantKernel.Scale<Lanes64>,
    ];

    private delegate void Scaling(ReadOnlySpan<long> raw, long unit, long offset, Span<long> result);

    [Fact]
    public void Instants_are_scaled_as_wide_integers_are_also_in_place()
    {
        var random = new Random(1);
        foreach (var length in KernelInputs.Lengths)
        {
            foreach (var unit in new[] { 1L, 1_000, 1_000_000, 1_000_000_000 })
            {
                var raw = KernelInputs.Make(length, () => random.NextInt64(-4_000_000_000_000_000_000 / unit, 4_000_000_000_000_000_000 / unit));
                var expected = Enumerable.Repeat(5L, length + 1).ToArray();
                InstantReference.Scale(raw, unit, 28_800_000_000_000, expected);
                foreach (var form in s_forms)
                {
                    var actual = Enumerable.Repeat(5L, length + 1).ToArray();
                    form(raw, unit, 28_800_000_000_000, actual);
                    Assert.Equal(expected, actual);

                    var place = raw.ToArray();
                    form(place, unit, 28_800_000_000_000, place);
                    Assert.Equal(expected[..length], place);
                }
            }
        }
    }
}
