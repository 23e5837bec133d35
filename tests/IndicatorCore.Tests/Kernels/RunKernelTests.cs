using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class RunKernelTests
{
    private static readonly Marking<int>[] s_ints =
    [
        RunKernel.MarkChanges, RunKernel.MarkChanges<Block512<int>, int>, RunKernel.MarkChanges<Block256<int>, int>,
        RunKernel.MarkChanges<Block128<int>, int>, RunKernel.MarkChanges<BlockOfOne<int>, int>,
    ];

    private static readonly Marking<long>[] s_longs =
    [
        RunKernel.MarkChanges, RunKernel.MarkChanges<Block512<long>, long>, RunKernel.MarkChanges<Block256<long>, long>,
        RunKernel.MarkChanges<Block128<long>, long>, RunKernel.MarkChanges<BlockOfOne<long>, long>,
    ];

    private delegate void Marking<T>(ReadOnlySpan<T> values, Span<ulong> changes, bool accumulate);

    [Fact]
    public void Changes_are_where_row_by_row_they_are()
    {
        var random = new Random(1);
        foreach (var length in KernelInputs.Lengths)
        {
            foreach (var stay in new[] { 0, 2, 50, 10_000 })
            {
                var at = 0;
                var values = KernelInputs.Make(length, () => at += random.Next(stay + 1) == 0 ? random.Next(-2, 3) : 0);
                Check(s_ints, values, int.MinValue);
                Check(s_longs, [.. values.Select(static v => v * 5_000_000_000L)], long.MinValue);
            }
        }
    }

    [Fact]
    public void Ends_are_where_the_next_run_begins()
    {
        var random = new Random(2);
        foreach (var length in KernelInputs.Lengths)
        {
            foreach (var changes in KernelInputs.Masks(random, length).Skip(1))
            {
                var (expected, actual) = (new int[length], new int[length]);
                var runs = RunReference.Ends(changes, length, expected);

                Assert.Equal(runs, RunKernel.Ends(changes, length, actual));
                Assert.Equal(expected, actual);
            }
        }
    }

    [Fact]
    public void Runs_that_were_laid_are_found_again()
    {
        var random = new Random(3);
        foreach (var length in KernelInputs.Lengths)
        {
            foreach (var laid in KernelInputs.Ends(random, length))
            {
                var (values, run) = (new int[length], 0);
                for (var i = 0; i < length; i++)
                {
                    values[i] = run % 2;
                    run += i + 1 == laid[run] ? 1 : 0;
                }

                var changes = new ulong[(length + 63) / 64];
                var ends = new int[length];
                RunKernel.MarkChanges(values, changes, accumulate: false);

                Assert.Equal(laid, ends[..RunKernel.Ends(changes, length, ends)]);
            }
        }
    }

    [Fact]
    public void Results_that_are_too_short_are_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => RunKernel.MarkChanges(new int[65], new ulong[1], accumulate: false));

    private static void Check<T>(Marking<T>[] forms, T[] values, T poison)
        where T : IEquatable<T>
    {
        var words = (values.Length + 63) / 64;
        foreach (var accumulate in new[] { false, true })
        {
            var expected = Enumerable.Repeat(0x10UL, words + 1).ToArray();
            RunReference.MarkChanges<T>(values, expected, accumulate);
            foreach (var form in forms)
            {
                var actual = Enumerable.Repeat(0x10UL, words + 1).ToArray();
                form(KernelInputs.Amid(values, poison), actual, accumulate);
                Assert.Equal(expected, actual);
            }
        }
    }
}
