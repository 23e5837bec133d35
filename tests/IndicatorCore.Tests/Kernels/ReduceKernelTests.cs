using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class ReduceKernelTests
{
    private static readonly Reducing[] s_sums =
    [
        ReduceKernel.SumRuns,
        .. Forms<SumReduction>(),
    ];

    private static readonly Reducing[] s_largest =
    [
        static (values, mask, ends, matrix, stride, lane) => ReduceKernel.MaxRuns(values, mask, ends, false, matrix, stride, lane),
        .. Forms<MaxReduction>(),
    ];

    private static readonly Reducing[] s_negated =
    [
        static (values, mask, ends, matrix, stride, lane) => ReduceKernel.MaxRuns(values, mask, ends, true, matrix, stride, lane),
        .. Forms<NegatedMaxReduction>(),
    ];

    private static readonly Selecting[] s_selects =
    [
        ReduceKernel.Select, ReduceKernel.Select<Lanes512>, ReduceKernel.Select<Lanes256>, ReduceKernel.Select<Lanes128>, ReduceKernel.Select<Lanes64>,
    ];

    private delegate void Reducing(
        ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane);

    private delegate bool FusedSum(
        ReadOnlySpan<double> values, double factor, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane);

    private delegate void Selecting(ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, bool negate, long otherwise, Span<long> lane);

    [Fact]
    public void Runs_are_summed_as_row_by_row() => Check(s_sums, ReduceReference.SumRuns);

    [Fact]
    public void The_largest_of_a_run_is_that_of_its_rows() => Check(
        s_largest, static (values, mask, ends, matrix, stride, lane) => ReduceReference.MaxRuns(values, mask, ends, false, matrix, stride, lane));

    [Fact]
    public void The_largest_negative_of_a_run_is_that_of_its_rows() => Check(
        s_negated, static (values, mask, ends, matrix, stride, lane) => ReduceReference.MaxRuns(values, mask, ends, true, matrix, stride, lane));

    [Fact]
    public void A_run_that_ends_behind_the_values_is_refused()
    {
        Assert.All(s_sums, static form => Assert.ThrowsAny<ArgumentException>(() => form(new long[3], [], [2, 4], new long[2], 1, 0)));
        Assert.All(s_sums, static form => Assert.ThrowsAny<ArgumentException>(() => form(new long[3], [7], [-1], new long[2], 1, 0)));
    }

    [Fact]
    public void Rows_are_selected_one_by_one_also_in_place()
    {
        var random = new Random(2);
        foreach (var length in KernelInputs.Lengths)
        {
            var values = KernelInputs.Longs(random, length);
            foreach (var mask in KernelInputs.Masks(random, length))
            {
                foreach (var (negate, otherwise) in new[] { (false, 0L), (true, long.MinValue) })
                {
                    var expected = Enumerable.Repeat(5L, length + 1).ToArray();
                    ReduceReference.Select(values, mask, negate, otherwise, expected);
                    foreach (var form in s_selects)
                    {
                        var actual = Enumerable.Repeat(5L, length + 1).ToArray();
                        form(KernelInputs.Amid(values, 77), mask, negate, otherwise, actual);
                        Assert.Equal(expected, actual);

                        values.CopyTo(actual, 0);
                        form(actual.AsSpan(0, length), mask, negate, otherwise, actual);
                        Assert.Equal(expected, actual);
                    }
                }
            }
        }
    }

    [Fact]
    public void However_rows_are_cut_into_runs_their_sums_add_up_and_their_maxima_are_the_largest()
    {
        Prop.ForAll<long[], int[]>(static (values, cuts) =>
        {
            int[] ends = [.. cuts.Select(cut => (int)((uint)cut % (uint)(values.Length + 1))).Append(values.Length).Order()];
            var matrix = new long[ends.Length * 2];
            ReduceKernel.SumRuns(values, [], ends, matrix, 2, 0);
            ReduceKernel.MaxRuns(values, [], ends, negate: false, matrix, 2, 1);
            return matrix.Where(static (_, i) => i % 2 == 0).Aggregate(0L, static (a, b) => a + b) == values.Aggregate(0L, static (a, b) => a + b)
                && matrix.Where(static (_, i) => i % 2 == 1).Max() == values.Append(long.MinValue).Max();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Fused_sums_are_those_of_converted_values_and_say_when_a_value_is_outside()
    {
        var random = new Random(3);
        FusedSum[] forms =
        [
            ReduceKernel.SumFixedRuns, ReduceKernel.SumFixedRuns<Lanes512>, ReduceKernel.SumFixedRuns<Lanes256>,
            ReduceKernel.SumFixedRuns<Lanes128>, ReduceKernel.SumFixedRuns<Lanes64>,
        ];
        foreach (var length in KernelInputs.Lengths)
        {
            foreach (var ends in KernelInputs.Ends(random, length))
            {
                foreach (var odd in new[] { 0, double.NaN, 2_251_799_813.685248, double.NegativeInfinity })
                {
                    var values = KernelInputs.Make(length, () => (random.Next(-2_000_000, 2_000_000) + 0.5) / 1_000_000);
                    if (length > 0 && odd != 0)
                    {
                        values[random.Next(length)] = odd;
                    }

                    var (converted, outside) = (new long[length], new ulong[(length + 63) / 64]);
                    FixedPointReference.Convert(values, 1_000_000, converted, outside);
                    var inside = outside.All(static word => word == 0);
                    var expected = new long[(ends.Length * 2) + 1];
                    ReduceReference.SumRuns(converted, [], ends, expected, 2, 1);
                    foreach (var form in forms)
                    {
                        var actual = new long[(ends.Length * 2) + 1];
                        Assert.Equal(inside, form(KernelInputs.Amid(values, double.NaN), 1_000_000, ends, actual, 2, 1));
                        if (inside)
                        {
                            Assert.Equal(expected, actual);
                        }
                    }
                }
            }
        }
    }

    private static Reducing[] Forms<TReduction>()
        where TReduction : IReduction =>
    [
        ReduceKernel.Runs<Lanes512, TReduction>, ReduceKernel.Runs<Lanes256, TReduction>,
        ReduceKernel.Runs<Lanes128, TReduction>, ReduceKernel.Runs<Lanes64, TReduction>,
    ];

    private static void Check(Reducing[] forms, Reducing reference)
    {
        var random = new Random(1);
        foreach (var length in KernelInputs.Lengths)
        {
            var values = KernelInputs.Longs(random, length);
            foreach (var mask in KernelInputs.Masks(random, length))
            {
                foreach (var ends in KernelInputs.Ends(random, length))
                {
                    var expected = new long[(ends.Length * 4) + 1];
                    reference(values, mask, ends, expected, 4, 2);
                    foreach (var form in forms)
                    {
                        var actual = new long[(ends.Length * 4) + 1];
                        form(KernelInputs.Amid(values, 1L << 62), mask, ends, actual, 4, 2);
                        Assert.Equal(expected, actual);
                    }
                }
            }
        }
    }
}
