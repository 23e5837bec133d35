using IndicatorCore.Columns;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>Processes with little memory: an input that does not fit ends with 6 and a message, never with a crash.</summary>
[Trait("Category", "Slow")]
public sealed class MemoryFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(IpcFormat.File, 1)]
    [InlineData(IpcFormat.File, 8)]
    [InlineData(IpcFormat.Stream, 4)]
    public void A_batch_that_the_heap_does_not_hold_ends_with_6(IpcFormat format, int threads)
    {
        Child.Require();
        var schema = new Schema
        {
            Fields =
            [
                new Field { Name = "interval_start", Type = ExportBuilder.Instant },
                new Field { Name = "kwh", Type = ArrowType.Float(64) },
                new Field { Name = "line", Type = ExportBuilder.Text },   // texts are not read in windows
            ],
            Metadata = [new("table", "energy")],
        };
        var path = _folder.File("energy.arrow");
        using (var file = File.Create(path))
        using (var writer = new IpcWriter(file, schema, new IpcWriterOptions { Format = format, Compress = true }))
        {
            var batch = new BatchBuilder(schema);
            for (var row = 0; row < 10_000_000; row++)
            {
                batch[0].AppendInt64(1_709_222_400_000_000);
                batch[1].AppendDouble(1);
                batch[2].AppendNull();
            }

            for (var i = 0; i < threads; i++)
            {
                writer.Write(batch);
            }

            writer.Complete();
        }

        Assert.InRange(new FileInfo(path).Length, 1, 10 << 20);
        foreach (var export in format == IpcFormat.File ? ["energy.arrow"] : new[] { "energy.arrow", "- < energy.arrow" })
        {
            var (code, output, error) = Child.Run(
                _folder.Path, $"{SmallExport.Run} --threads {threads} {export}", seconds: 120, variables: ("DOTNET_GCHeapHardLimit", "0x6000000"));
            Assert.True((code, output) == (6, string.Empty), $"exit {code}: {error}");
            Assert.Contains("memory", error, StringComparison.Ordinal);
            Assert.Equal(1, error.AsSpan().Count('\n'));
        }
    }

    [SkippableFact]
    public void Small_exports_of_every_table_fit_into_little_memory()
    {
        Child.Require();
        Assert.Equal(0, Child.Run(_folder.Path, "indicators generate --out dump --rows 12k --factories 2 --quiet").Code);
        var (code, _, error) = Child.Run(
            _folder.Path,
            "indicators run dump --registry dump/registry --by factory --quiet --out r.txt && indicators inspect --full dump --out i.txt",
            variables: ("DOTNET_GCHeapHardLimit", "0x4000000"));
        Assert.Equal((0, string.Empty), (code, error));
    }
}
