using IndicatorCore.Ipc;

namespace IndicatorCore.Fuzz.Seeds;

/// <summary>The good inputs: written here in every form of the writer, and small ones of other writers and by hand.</summary>
internal static class SeedLibrary
{
    private const int MostBytes = 6 * 1024;

    /// <summary>Small files and streams of every type: ours and others'.</summary>
    public static Seed[] Small { get; } = [.. Written(), .. Others()];

    /// <summary>Small exports that the engine makes a report of.</summary>
    public static Seed[] Exports { get; } = [.. SampleExports.All()];

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
        foreach (var file in ReferenceFiles.In(ReferenceFiles.Samples("composed"), "ok.*").Concat(ReferenceFiles.In(ReferenceFiles.Samples("producers"), "*.arrow*")))
        {
            if (file.EndsWith(".json", StringComparison.Ordinal) || new FileInfo(file).Length > MostBytes)
            {
                continue;
            }

            var bytes = File.ReadAllBytes(file);
            var seed = new Seed(Path.GetFileName(file), bytes, IpcFormatDetection.Detect(bytes) == IpcContainer.File);
            if (seed.Truth.IsAccepted)
            {
                yield return seed;
            }
        }
    }
}
