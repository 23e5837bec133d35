using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.Csv;

/// <summary>Turns CSV exports into Arrow IPC files with canonical, typed columns: <c>import csv</c>.</summary>
/// <remarks>
/// <para>No row is left out: one that cannot be counted carries its reason in the column <c>indicatorcore.quarantine</c>. Columns that
/// the profile does not use stay, as text under their own headings. What only the run can judge (plausible range, sentinels, report
/// indices, identity and the like) is the schema metadata <c>indicatorcore.source</c>.</para>
/// <para>Inputs are read twice, so that every column gets the narrowest exact type; memory does not grow with their size. The same
/// inputs and profile give the same bytes.</para>
/// </remarks>
public static class CsvImporter
{
    private const int RowsBetweenChecks = 4_096;

    /// <summary>Imports CSV files into one Arrow IPC file a table.</summary>
    /// <param name="inputs">The CSV files.</param>
    /// <param name="outputPath">The file to write. An existing directory, or inputs of several tables: the directory in which
    /// <c>TABLE.arrow</c> is written.</param>
    /// <param name="profile">What the columns mean.</param>
    /// <param name="options">The layout; null for the defaults.</param>
    /// <param name="progress">Told now and then how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Stops the import.</param>
    /// <remarks>All outputs appear when the last is whole; after any error or cancellation, old files are as they were.</remarks>
    /// <exception cref="ConfigurationException">A file is no CSV text, or contradicts its profile; the message names file, line and column.</exception>
    /// <exception cref="SchemaMismatchException">A column that the table or the profile needs is not there.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="InputChangedException">An input changed while it was being read.</exception>
    public static ImportSummary Import(
        IReadOnlyList<string> inputs,
        string outputPath,
        SourceProfile profile,
        CsvImportOptions? options = null,
        IProgress<CsvImportProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentException.ThrowIfNullOrEmpty(outputPath);
        ArgumentNullException.ThrowIfNull(profile);
        options ??= new CsvImportOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchRows, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.DictionaryLimit, nameof(options));
        if (inputs.Count == 0)
        {
            throw new ArgumentException("There is nothing to import.", nameof(inputs));
        }

        var tables = Tables(inputs, profile, options);
        foreach (var table in tables)
        {
            table.Bind(profile.Name);
        }

        var meter = new ImportMeter(progress, tables.Sum(static table => table.Inputs.Sum(static input => input.Bytes)) * 2);
        var inFolder = tables.Count > 1 || Directory.Exists(outputPath);
        if (inFolder)
        {
            Directory.CreateDirectory(outputPath);
        }

        var whole = new List<(string Temporary, string Path)>();
        try
        {
            var made = new List<ImportedTable>();
            foreach (var table in tables)
            {
                var path = inFolder ? Path.Combine(outputPath, $"{table.Name}.arrow") : outputPath;
                var temporary = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".indicators-{Environment.ProcessId}-{Path.GetRandomFileName()}.tmp");
                whole.Add((temporary, path));
                made.Add(Import(table, path, temporary, options, meter, cancellationToken));
            }

            foreach (var (temporary, path) in whole)
            {
                File.Move(temporary, path, overwrite: true);
            }

            return new ImportSummary(made);
        }
        catch
        {
            foreach (var (temporary, _) in whole)
            {
                Discard(temporary);
            }

            throw;
        }
    }

    private static void Discard(string temporary)
    {
        // the folder may be what is missing
        if (File.Exists(temporary))
        {
            File.Delete(temporary);
        }
    }

    private static List<ImportTable> Tables(IReadOnlyList<string> inputs, SourceProfile profile, CsvImportOptions options)
    {
        var tables = new List<ImportTable>();
        foreach (var path in inputs)
        {
            var input = new CsvInput(path, profile.For(path));
            var name = CsvBinding.TableOf(input);
            var table = tables.Find(known => known.Name == name);
            if (table is null)
            {
                table = new ImportTable(name, options);
                tables.Add(table);
            }

            table.Inputs.Add(input);
        }

        return tables;
    }

    private static ImportedTable Import(
        ImportTable table, string path, string temporary, CsvImportOptions options, ImportMeter meter, CancellationToken cancellationToken)
    {
        var quarantined = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var cells = table.NewRow();
        long rowCount = 0;
        ForEachRow(table, meter, cancellationToken, (input, rows) =>
        {
            rowCount++;
            if (table.Observe(input, rows, cells) is { } reason)
            {
                quarantined[reason] = quarantined.GetValueOrDefault(reason) + 1;
            }
        });
        Write(table, temporary, options, meter, cells, cancellationToken);
        return new ImportedTable(
            path, table.Name, [.. table.Inputs.Select(static input => input.Path)], rowCount, quarantined, table.Canonical, table.Source);
    }

    private static void Write(
        ImportTable table,
        string path,
        CsvImportOptions options,
        ImportMeter meter,
        Cell[] cells,
        CancellationToken cancellationToken)
    {
        var schema = table.ToSchema();
        using var output = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        using var writer = new IpcWriter(output, schema, new IpcWriterOptions { Compress = options.Compress }, leaveOpen: true);
        WriteRows(table, schema, writer, options, meter, cells, cancellationToken);
        writer.Complete();
        output.Flush(flushToDisk: true);
    }

    private static void WriteRows(
        ImportTable table,
        Schema schema,
        IpcWriter writer,
        CsvImportOptions options,
        ImportMeter meter,
        Cell[] cells,
        CancellationToken cancellationToken)
    {
        var batch = new BatchBuilder(schema);
        table.Declare(batch);
        ForEachRow(table, meter, cancellationToken, (input, rows) =>
        {
            table.Append(input, rows, cells, batch);
            meter.RowWritten();
            if (batch.RowCount == options.BatchRows)
            {
                writer.Write(batch);
                batch.Clear();
            }
        });
        if (batch.RowCount > 0 || meter.RowsOfTable == 0)
        {
            writer.Write(batch);
        }

        meter.EndTable();
    }

    private static void ForEachRow(ImportTable table, ImportMeter meter, CancellationToken cancellationToken, Action<int, CsvRows> act)
    {
        for (var i = 0; i < table.Inputs.Count; i++)
        {
            var input = table.Inputs[i];
            using var rows = input.Open();
            for (long row = 0; rows.Read(); row++)
            {
                act(i, rows);
                if (row % RowsBetweenChecks == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    meter.Report(input.Path, rows.BytesRead);
                }
            }

            input.ThrowIfChanged();
            meter.EndInput(input.Path, input.Bytes);
        }
    }
}
