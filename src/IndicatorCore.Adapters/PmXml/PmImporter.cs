using IndicatorCore.Adapters.Csv;
using IndicatorCore.Errors;

namespace IndicatorCore.Adapters.PmXml;

/// <summary>Turns files of performance measurements (TS 32.435, TS 28.532) into Arrow IPC tables: <c>import pm-xml</c>.</summary>
/// <remarks>
/// <para>Volumes become readings of counters (<c>counter</c>), gauges rows of <c>radio</c> or <c>probe</c>, means rows of <c>telemetry</c> beside their weights. What is
/// suspect, or no number, is a row with a quarantine reason; nothing is left out silently.</para>
/// <para>Files are read once, as streams, in the order of their first period, whatever order they are given in: the same files give the same bytes. Memory holds
/// one running sum an object and volume.</para>
/// </remarks>
public static class PmImporter
{
    /// <summary>Imports files.</summary>
    /// <param name="inputs">The files, plain or gzip.</param>
    /// <param name="outputDirectory">The directory in which <c>TABLE.arrow</c> is written; made where it is not there.</param>
    /// <param name="mapping">What becomes of which measurement types.</param>
    /// <param name="options">The layout; null for the defaults.</param>
    /// <param name="progress">Told now and then how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Stops the import.</param>
    /// <returns>What was made: a table that got no row is not written.</returns>
    /// <exception cref="ConfigurationException">A file breaks the format.</exception>
    /// <exception cref="SchemaMismatchException">No file has any of the mapping's measurement types.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="InputChangedException">An input changed while it was being read.</exception>
    public static ImportSummary Import(
        IReadOnlyList<string> inputs,
        string outputDirectory,
        PmMapping mapping,
        CsvImportOptions? options = null,
        IProgress<CsvImportProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentException.ThrowIfNullOrEmpty(outputDirectory);
        ArgumentNullException.ThrowIfNull(mapping);
        if (inputs.Count == 0)
        {
            throw new ArgumentException("There is nothing to import.", nameof(inputs));
        }

        var zone = mapping.TimeZone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(mapping.TimeZone);
        var files = inputs.Select(path => PmFile.Open(path, zone)).OrderBy(static file => file.Begin).ThenBy(static file => file.Path, StringComparer.Ordinal).ToList();
        Directory.CreateDirectory(outputDirectory);
        using var run = new PmRun(mapping, outputDirectory, options ?? new CsvImportOptions());
        var (before, total) = (0L, files.Sum(static file => file.Bytes));
        foreach (var file in files)
        {
            file.Read(run.Slots, run.Width, zone, run.Take, bytes => progress?.Report(new CsvImportProgress(file.Path, Math.Min(before + bytes, total), total, run.Rows)), cancellationToken);
            before += file.Bytes;
        }

        return run.Complete([.. files.Select(static file => file.Path)]);
    }
}
