using IndicatorCore.Bench.Kernels;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Bench.Guards;

/// <summary>Kernels over a chunk, against their twins in plain loops.</summary>
internal static class KernelGuards
{
    private const int Rows = 2_048;
    private const int Run = 50;
    private const int NullPercent = 9;
    private const int Stride = 12;
    private const int Records = 4_096;

    /// <summary>The guards; runs are of 50 rows, 9 % of them null.</summary>
    public static IEnumerable<RatioCase> Ratios()
    {
        var readings = Enumerable.Range(0, Rows).Select(static i => (i * 7919 % 1_400 / 10.0) - 140).ToArray();
        var results = new long[Rows];
        var values = ChunkInputs.Longs(Rows);
        var valid = ChunkInputs.Valid(Rows, NullPercent);
        var half = ChunkInputs.Valid(Rows, 50);
        var bits = new ulong[Rows / 64];
        var ends = ChunkInputs.Ends(Rows, Run);
        var matrix = new long[Rows * 4];
        var lanes = ChunkInputs.Longs(Rows * Stride);
        var records = new long[Records * Stride];
        var random = new Random(3);
        var places = Enumerable.Range(0, Rows).Select(_ => random.Next(Records)).ToArray();
        return
        [
            new(
                "fixed_point_to_scalar_twin",
                () => FixedPointKernel.Convert(readings, 1_000_000, results),
                () => FixedPointReference.ConvertOneByOne(readings, 1_000_000, results)),
            new(
                "fixed_point_to_decimal_twin",
                () => FixedPointKernel.Convert(readings, 1_000_000, results),
                () => FixedPointReference.ConvertByDecimal(readings, 1_000_000, results)),
            new(
                "sum_runs_to_twin",
                () => ReduceKernel.SumRuns(values, valid, ends, matrix, 4, 0),
                () => ReduceReference.SumRuns(values, valid, ends, matrix, 4, 0)),
            new(
                "count_runs_to_twin",
                () => BitmapKernel.CountRuns(valid, half, ends, matrix, 4, 1),
                () => BitmapReference.CountRuns(valid, half, ends, matrix, 4, 1)),
            new(
                "max_runs_to_twin",
                () => ReduceKernel.MaxRuns(values, valid, ends, negate: false, matrix, 4, 2),
                () => ReduceReference.MaxRuns(values, valid, ends, negate: false, matrix, 4, 2)),
            new(
                "range_to_twin",
                () => RangeKernel.Mark(values, -1L << 39, 1L << 39, bits),
                () => RangeReference.Mark(values, -1L << 39, 1L << 39, bits)),
            new(
                "add_rows_to_twin",
                () => FoldKernel.AddRows(lanes, Rows, Rows, 8, Stride, places, records),
                () => FoldReference.AddRows(lanes, Rows, Rows, 8, Stride, places, records)),
        ];
    }
}
