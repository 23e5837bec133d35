using IndicatorCore.Ipc;

namespace IndicatorCore.Fuzz.Seeds;

/// <summary>The good inputs: written here in every form of the writer, and small ones of other writers and by hand.</summary>
internal static class SeedLibrary
{
    private const int MostBytes = 11 * 1024;

    /// <summary>Small files and streams of every type: ours, others', and, where the shared material is here, the gold ones of nested types.</summary>
    public static Seed[] Small { get; } = [.. Written(), .. Others()];

    /// <summary>Small exports that the engine makes a report of.</summary>
    public static Seed[] Exports { get; } = [.. SampleExports.All()];

    /// <summary>What is not here, or null.</summary>
    public static string? Absent =>
        ReferenceFiles.Shared is null ? "the gold files of nested types (INDICATORCORE_SHARED or ../shared) are not here" : null;

    private static IEnumerable<Seed> Written()
    {
        foreach (var format in Enum.GetValues<IpcFormat>())
        {
            foreach (var (compress, checksums, name) in ((bool, bool, string)[])[(false, false, "plain"), (true, false, "lz4"), (true, true, "lz4-checksums")])
            {
                var options = new IpcWriterOptions { Format = format, Compress = compress, ContentChecksums = checksums };
                foreach (var (part, schema) in SampleBatches.Schemas)
                {
                    var bytes = SampleBatches.Write(schema, options);
                    yield return new Seed($"written.{part}.{name}.{(format == IpcFormat.File ? "arrow" : "arrows")}", bytes, format == IpcFormat.File);
                }
            }
        }
    }

    private static IEnumerable<Seed> Others()
    {
        var gold = ReferenceFiles.Shared is { } shared ? Path.Combine(shared, "arrow", "golden", "integration") : string.Empty;
        foreach (var file in (IEnumerable<string>)
        [
            .. ReferenceFiles.In(ReferenceFiles.Samples("composed"), "ok.*"),
            .. ReferenceFiles.In(ReferenceFiles.Samples("producers"), "*.arrow*"),
            .. ReferenceFiles.In(gold, "*.arrow_file"),
            .. ReferenceFiles.In(gold, "*.stream"),
        ])
        {
            if (file.EndsWith(".json", StringComparison.Ordinal) || new FileInfo(file).Length > MostBytes)
            {
                continue;
            }

            var bytes = File.ReadAllBytes(file);
            var seed = new Seed(Path.Combine(Path.GetFileName(Path.GetDirectoryName(file))!, Path.GetFileName(file)), bytes, IpcFormatDetection.Detect(bytes) == IpcContainer.File);
            if (seed.Truth.IsAccepted)
            {
                yield return seed;
            }
        }
    }
}
