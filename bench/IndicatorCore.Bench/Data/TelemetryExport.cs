using IndicatorCore.Adapters.Registry;
using IndicatorCore.Generation;
using IndicatorCore.Indicators;

namespace IndicatorCore.Bench.Data;

/// <summary>A generated export of wide telemetry in a temporary folder, removed when disposed.</summary>
internal sealed class TelemetryExport : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("indicatorcore-bench-");

    /// <summary>Writes the export.</summary>
    /// <param name="rows">Telemetry rows, about.</param>
    /// <param name="compress">Whether buffers are LZ4 frames.</param>
    /// <param name="batchRows">Rows a batch.</param>
    public TelemetryExport(long rows, bool compress, int batchRows = 65_536)
    {
        Summary = Generate(_folder.FullName, rows, compress, factories: null, batchRows);
        Largest = Path.Combine(_folder.FullName, Summary.Files.MaxBy(static file => file.Rows)!.Name);
    }

    /// <summary>What was written.</summary>
    public GenerationSummary Summary { get; }

    /// <summary>The folder.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The file of the most rows.</summary>
    public string Largest { get; }

    /// <summary>The files, resent copies left out.</summary>
    public IReadOnlyList<string> Files =>
        [.. Summary.Files.Where(static file => file.ReplayOf is null).Select(file => Path.Combine(Folder, file.Name))];

    /// <summary>All indicators by factory, on so many threads.</summary>
    public IndicatorQuery Query(int threads) => new()
    {
        Registry = RegistryReader.Read(Path.Combine(Folder, "registry")),
        GroupBy = ["factory"],
        Threads = threads,
    };

    /// <summary>Writes an LZ4 export to stay, for runs of the command line; always of the same province, so that only the rows differ.</summary>
    public static int Write(string folder, long rows)
    {
        var summary = Generate(folder, rows, compress: true, factories: 10, batchRows: 65_536);
        Console.WriteLine($"{summary.Rows:N0} rows, {summary.Bytes:N0} bytes, {summary.Factories} factories, {summary.Devices} devices");
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static GenerationSummary Generate(string folder, long rows, bool compress, int? factories, int batchRows) => new ProvinceGenerator(new GenerationOptions
    {
        OutputDirectory = folder,
        Rows = rows,
        Layout = GenerationLayout.Telemetry,
        Compress = compress,
        Factories = factories,
        BatchRows = batchRows,
    }).Generate();
}
