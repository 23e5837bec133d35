using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class FoldKernelTests
{
    private static readonly Units[] s_units =
    [
        FoldKernel.AddUnits, FoldKernel.AddUnits<Lanes512>, FoldKernel.AddUnits<Lanes256>, FoldKernel.AddUnits<Lanes128>, FoldKernel.AddUnits<Lanes64>,
    ];

    private static readonly Rows[] s_rows =
    [
        FoldKernel.AddRows, FoldKernel.AddRows<Lanes512>, FoldKernel.AddRows<Lanes256>, FoldKernel.AddRows<Lanes128>, FoldKernel.AddRows<Lanes64>,
    ];

    private delegate void Units(ReadOnlySpan<long> matrix, int stride, int adds, ReadOnlySpan<int> places, Span<long> records);

    private delegate void Rows(
        ReadOnlySpan<long> lanes, int pitch, int rows, int adds, int stride, ReadOnlySpan<int> places, Span<long> records);

    public static TheoryData<int, int> Shapes()
    {
        var shapes = new TheoryData<int, int>();
        for (var stride = 4; stride <= 28; stride += 4)
        {
            for (var adds = 0; adds <= stride; adds += 4)
            {
                shapes.Add(stride, adds);
            }
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Units_and_rows_fold_as_number_by_number(int stride, int adds)
    {
        var random = new Random(stride + (100 * adds));
        foreach (var rows in (int[])[.. Enumerable.Range(0, 35), 127, 128, 130, 400])
        {
            // few places are hit again within a vector, many are not
            var room = rows % 2 == 0 ? 3 : 200;
            var places = KernelInputs.Make(rows, () => random.Next(room));
            var records = KernelInputs.Longs(random, room * stride);
            var matrix = KernelInputs.Longs(random, rows * stride);

            var expected = records.ToArray();
            FoldReference.AddUnits(matrix, stride, adds, places, expected);
            foreach (var form in s_units)
            {
                var actual = records.ToArray();
                form(matrix, stride, adds, places, actual);
                Assert.Equal(expected, actual);
            }

            foreach (var skipped in new[] { 0, rows })
            {
                for (var i = 0; i < skipped; i++)
                {
                    places[i] = random.Next(3) == 0 ? -1 - random.Next(9) : places[i];
                }

                var pitch = rows + random.Next(9);
                var lanes = KernelInputs.Longs(random, (Math.Max(1, stride) - 1) * pitch + rows);
                expected = records.ToArray();
                FoldReference.AddRows(lanes, pitch, rows, adds, stride, places, expected);
                foreach (var form in s_rows)
                {
                    var actual = records.ToArray();
                    form(lanes, pitch, rows, adds, stride, places, actual);
                    Assert.Equal(expected, actual);
                }
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_written()
    {
        var records = new long[8];
        Assert.Throws<ArgumentOutOfRangeException>(() => FoldKernel.AddRows(new long[8], 2, 2, 4, 4, [0, 2], records));
        Assert.Throws<ArgumentOutOfRangeException>(() => FoldKernel.AddRows(new long[6], 2, 2, 4, 4, [0, 1], records));
        Assert.Throws<ArgumentOutOfRangeException>(() => FoldKernel.AddRows(new long[12], 2, 2, 4, 6, [0, 1], records));
        Assert.Throws<ArgumentOutOfRangeException>(() => FoldKernel.AddUnits(new long[4], 4, 4, [2], records));
        Assert.Throws<ArgumentOutOfRangeException>(() => FoldKernel.AddUnits(new long[4], 4, 4, [-1], records));
        Assert.Throws<ArgumentOutOfRangeException>(() => FoldKernel.AddUnits(new long[4], 4, 8, [0], records));
        Assert.Throws<ArgumentOutOfRangeException>(() => FoldKernel.AddUnits(new long[3], 4, 4, [0], records));
        Assert.All(records, static value => Assert.Equal(0, value));
    }
}
