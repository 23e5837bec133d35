using IndicatorCore.Generation;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Generation;

public sealed class SampleTests
{
    /// <summary>Answers and registry do not depend on the compressor, so they are compared byte for byte; the telemetry by its file list.</summary>
    [Fact]
    public void The_sample_is_what_its_seed_gives()
    {
        var sample = Path.Combine(Shared.Repository, "data", "sample");
        var folder = Directory.CreateTempSubdirectory("indicatorcore-").FullName;
        try
        {
            new ProvinceGenerator(new GenerationOptions { Seed = 3, Rows = 100_000, OutputDirectory = folder }).Generate();
            foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            {
                var kept = Path.Combine(sample, Path.GetRelativePath(folder, path));
                Assert.True(File.Exists(kept), kept);
                if (!kept.EndsWith(".arrow", StringComparison.Ordinal))
                {
                    Assert.Equal(File.ReadAllText(path), File.ReadAllText(kept));
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
