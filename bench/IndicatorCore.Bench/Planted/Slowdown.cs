namespace IndicatorCore.Bench.Planted;

/// <summary>
/// A slowdown of 15 % in one method: it is renamed, and a method of its old name calls it and then spins for 15 % of what the call took,
/// so that the slowdown is calibrated at every call and follows the processor's clock.
/// </summary>
/// <param name="Name">What is slowed down.</param>
/// <param name="File">The source, from the repository.</param>
/// <param name="Declaration">How the method's declaration begins, once in the file.</param>
/// <param name="Renamed">How it begins afterwards.</param>
/// <param name="Head">The declaration of the method that takes its place.</param>
/// <param name="Call">Its call.</param>
/// <param name="Path">The path of the comparison that must show it.</param>
/// <param name="IsTooShort">Reading the clock costs as much as 15 % of a call: the call itself does 15 % of the work again instead.</param>
internal sealed record Slowdown(
    string Name, string File, string Declaration, string Renamed, string Head, string Call, string Path, bool IsTooShort = false)
{
    private const string Spin = """
                var until = System.Diagnostics.Stopwatch.GetTimestamp();
                until += (until - started) * 15 / 100;
                while (System.Diagnostics.Stopwatch.GetTimestamp() < until)
                {
                }
        """;

    /// <summary>The slowdowns: one of a kernel, one of LZ4, one of the engine's fold.</summary>
    public static IReadOnlyList<Slowdown> All { get; } =
    [
        new(
            "kernel",
            "src/IndicatorCore/Kernels/ReduceKernel.cs",
            "public static void SumRuns(",
            "private static void SumRunsAsIs(",
            "public static void SumRuns(ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask, ReadOnlySpan<int> ends, Span<long> matrix, int stride, int lane)",
            "SumRunsAsIs(values, mask, ends, matrix, stride, lane);\n        SumRunsAsIs(values, mask, ends[..(ends.Length * 15 / 100)], matrix, stride, lane);",
            "kernel_sum_runs",
            IsTooShort: true),
        new(
            "lz4",
            "src/IndicatorCore/Compression/Lz4Block.cs",
            "public static Lz4BlockFault Decode(",
            "private static Lz4BlockFault DecodeAsIs(",
            "public static Lz4BlockFault Decode(ReadOnlySpan<byte> source, Span<byte> output, int position, int historyStart, out int written, out int faultAt)",
            "var result = DecodeAsIs(source, output, position, historyStart, out written, out faultAt);",
            "lz4_block"),
        new(
            "fold",
            "src/IndicatorCore/Indicators/State/InputReader.cs",
            "public void Read(scoped RecordBatch batch,",
            "private void ReadAsIs(scoped RecordBatch batch,",
            "public void Read(scoped RecordBatch batch, long batchOrdinal, InputTally tally, CancellationToken cancellationToken)",
            "ReadAsIs(batch, batchOrdinal, tally, cancellationToken);",
            "user_fold"),
    ];

    /// <summary>Edits the sources in a folder.</summary>
    /// <exception cref="InvalidOperationException">The sources are not what this was written for.</exception>
    public void Plant(string folder)
    {
        var path = System.IO.Path.Combine(folder, File);
        var source = System.IO.File.ReadAllText(path);
        if (source.Split(Declaration).Length != 2)
        {
            throw new InvalidOperationException($"{File} does not hold '{Declaration}' once: bring Slowdown up to it");
        }

        source = source.Replace(Declaration, Renamed, StringComparison.Ordinal);
        var end = source.LastIndexOf('}');
        var result = Call.StartsWith("var result", StringComparison.Ordinal) ? "\n        return result;" : string.Empty;
        var body = IsTooShort ? Call : $"var started = System.Diagnostics.Stopwatch.GetTimestamp();\n        {Call}\n{Spin}{result}";
        source = source[..end] + $$"""

                {{Head}}
                {
                    {{body}}
                }
            }

            """;
        System.IO.File.WriteAllText(path, source);
    }
}
