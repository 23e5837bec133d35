using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class PaneKernelTests
{
    private static readonly Dividing[] s_forms =
    [
        PaneKernel.Divide, PaneKernel.Divide<Lanes512>, PaneKernel.Divide<Lanes256>, PaneKernel.Divide<Lanes128>, PaneKernel.Divide<Lanes64>,
    ];

    private delegate void Dividing(ReadOnlySpan<long> instants, long start, long length, int first, Span<int> result);

    [Fact]
    public void Panes_are_the_quotients_of_wide_integers_for_every_length()
    {
        var random = new Random(1);
        long[] lengths = [1, 2, 3, 7, 1_000, 3_600_000_000_000, 86_400_000_000_000, (1L << 32) - 1, 1L << 52, (1L << 53) + 1, (1L << 61) - 1, 1L << 61, (1L << 61) + 1, 1L << 62, long.MaxValue - 1, long.MaxValue];
        foreach (var length in lengths.Concat(KernelInputs.Make(60, () => random.NextInt64() >> random.Next(62)).Where(static l => l > 0)))
        {
            foreach (var start in new[] { 0L, long.MinValue, -5, 1_700_000_000_000_000_000 })
            {
                Check(Instants(random, start, length, 70), start, length, -7);
            }
        }
    }

    [Fact]
    public void Every_tail_is_divided()
    {
        var random = new Random(2);
        foreach (var rows in KernelInputs.Lengths)
        {
            Check(Instants(random, -1_000, 86_400, rows), -1_000, 86_400, 3);
        }
    }

    [Fact]
    public void A_length_that_is_not_above_zero_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PaneKernel.Divide([1], 0, 0, 0, new int[1]));

    private static void Check(long[] instants, long start, long length, int first)
    {
        var expected = Enumerable.Repeat(5, instants.Length + 1).ToArray();
        PaneReference.Divide(instants, start, length, first, expected);
        foreach (var form in s_forms)
        {
            var actual = Enumerable.Repeat(5, instants.Length + 1).ToArray();
            form(instants, start, length, first, actual);
            Assert.Equal(expected, actual);
        }
    }

    // borders of panes and their neighbours, up to the last pane that a number or a long can say
    private static long[] Instants(Random random, long start, long length, int rows)
    {
        var last = (long)Int128.Min((Int128)int.MaxValue, ((Int128)long.MaxValue - start) / length);
        return KernelInputs.Make(rows, () =>
        {
            var pane = random.Next(3) switch { 0 => last, 1 => random.NextInt64(last + 1), _ => random.NextInt64(Math.Min(last, 100) + 1) };
            var within = random.Next(4) switch { 0 => 0, 1 => length - 1, 2 => Math.Min(1, length - 1), _ => random.NextInt64(length) };
            return (long)Int128.Min(start + ((Int128)pane * length) + within, long.MaxValue);
        });
    }
}
