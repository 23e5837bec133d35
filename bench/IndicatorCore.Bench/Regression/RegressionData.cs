using IndicatorCore.Bench.Data;
using IndicatorCore.Columns;
using IndicatorCore.Generation;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Regression;

/// <summary>The files that the probe reads, written by this build into a temporary folder; both sides read the same bytes.</summary>
internal sealed class RegressionData : IDisposable
{
    private const int DictionaryColumns = 6;
    private const int DictionaryRows = 8_192;
    private const int DictionaryBatches = 2;
    private const int DistinctStrings = 2_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("indicatorcore-regress-");

    /// <summary>Writes the files.</summary>
    public RegressionData()
    {
        Telemetry("lz4.arrow", compress: true, IpcFormat.File);
        Telemetry("plain.arrow", compress: false, IpcFormat.File);
        Telemetry("lz4.arrows", compress: true, IpcFormat.Stream);
        Dictionaries("dictionary.arrow");
        TickExport.Write(Path.Combine(Folder, "ticks.arrow"), shuffled: false, compress: false);
        TickExport.Write(Path.Combine(Folder, "shuffled.arrow"), shuffled: true, compress: false);
        File.WriteAllText(Path.Combine(Folder, "figures.json"), TickExport.Figures);
        File.WriteAllText(Path.Combine(Folder, "ticks.json"), TickExport.Profile);
    }

    /// <summary>The folder.</summary>
    public string Folder => _folder.FullName;

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    // the file of the most rows of a small province
    private void Telemetry(string name, bool compress, IpcFormat format)
    {
        var folder = Path.Combine(Folder, "export");
        var files = new ProvinceGenerator(new GenerationOptions
        {
            OutputDirectory = folder,
            Rows = 80_000,
            Layout = GenerationLayout.Telemetry,
            Compress = compress,
            Factories = 1,
            BatchRows = 16_384,
            Format = format,
            Registry = false,
        }).Generate().Files;
        File.Move(Path.Combine(folder, files.MaxBy(static file => file.Rows)!.Name), Path.Combine(Folder, name));
        Directory.Delete(folder, recursive: true);
    }

    // long strings that share their beginnings, as topic names of a factory's devices do
    private void Dictionaries(string name)
    {
        var schema = new Schema
        {
            Fields =
            [
                .. Enumerable.Range(0, DictionaryColumns).Select(static column => new Field
                {
                    Name = $"key{column}",
                    Type = ArrowType.Of(ArrowTypeId.Utf8),
                    Dictionary = new DictionaryEncoding(column, ArrowType.Int(32)),
                }),
            ],
        };
        var random = new Random(1);
        using var output = File.Create(Path.Combine(Folder, name));
        using var writer = new IpcWriter(output, schema, new IpcWriterOptions { Compress = true });
        var batch = new BatchBuilder(schema);
        var strings = Enumerable.Range(0, DistinctStrings).Select(i => $"plant/hall-{i % 7}/line-{i % 31:00}/device-{i:0000}/{random.Next():x8}").ToArray();
        for (var column = 0; column < DictionaryColumns; column++)
        {
            batch[column].Declare(strings);
        }

        for (var i = 0; i < DictionaryBatches; i++)
        {
            for (var row = 0; row < DictionaryRows; row++)
            {
                for (var column = 0; column < DictionaryColumns; column++)
                {
                    batch[column].AppendString(strings[random.Next(strings.Length)]);
                }
            }

            writer.Write(batch);
            batch.Clear();
        }

        writer.Complete();
    }
}
