using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;
using IndicatorCore.Generation.Tables;
using IndicatorCore.Ipc;

namespace IndicatorCore.Generation;

/// <summary>
/// Writes a seeded, realistic province: telemetry as Arrow IPC, its registry as CSV, and <c>expected.json</c> with the exact answers.
/// </summary>
/// <remarks>
/// Rows are made one by one from the seed and their place, so memory does not grow with their number, and equal options give equal bytes.
/// The answers come from plain counters and whole-number arithmetic kept beside the rows, never from the engine.
/// </remarks>
public sealed class ProvinceGenerator
{
    private const int BatchesAFile = 64;
    private const string ExpectedName = "expected.json";
    private readonly GenerationOptions _options;

    /// <summary>Checks the options; writes nothing yet.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ProvinceGenerator(GenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>Generates everything; the files appear when all are whole, and after an error or cancellation old ones are as they were.</summary>
    /// <param name="progress">Told after every batch, or null.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="IOException">The output cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public GenerationSummary Generate(IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var isNew = !Directory.Exists(_options.OutputDirectory);
        var staging = Directory.CreateDirectory(Path.Combine(_options.OutputDirectory, $".generate-{Environment.ProcessId}.tmp")).FullName;
        try
        {
            GenerationSummary summary;
            using (var sink = new ArrowTableSink(staging, _options.Format, _options.Compress))
            {
                summary = Generate(sink, staging, progress, cancellationToken);
            }

            Publish(staging, _options.OutputDirectory);
            return summary;
        }
        catch
        {
            // beside an old export no half of a new one
            Directory.Delete(isNew ? _options.OutputDirectory : staging, recursive: true);
            throw;
        }
    }

    /// <summary>Generates into a sink; answers and registry go into <paramref name="folder"/>.</summary>
    internal GenerationSummary Generate(ITableSink sink, string folder, IProgress<GenerationProgress>? progress, CancellationToken cancellationToken)
    {
        var province = ProvinceBuilder.Build(_options);
        var ledger = new Ledger(province);
        var sources = TablePlan.Of(_options, province, ledger);
        var planned = sources.Sum(static source => source.Candidates);
        var files = new List<GeneratedFile>();
        long rows = 0;
        for (var i = 0; i < sources.Count; i++)
        {
            var before = files.Count(file => file.Table == sources[i].Shape.Table);
            foreach (var file in Write(sources[i], i, before, sink, done => progress?.Report(
                new GenerationProgress(rows + done, planned, sources[i].Shape.Table)), cancellationToken))
            {
                rows += file.Rows;
                files.Add(file);
            }
        }

        if (_options.Faults)
        {
            var table = _options.Layout == GenerationLayout.Telemetry ? "telemetry" : "connectivity";
            var smallest = files.Where(file => file.Table == table).MinBy(static file => file.Bytes)!;
            files.Add(sink.Replay(smallest, $"{Path.GetFileNameWithoutExtension(smallest.Name)}-resend{Path.GetExtension(smallest.Name)}"));
        }

        // The reference date is "the local midnight at or after the greatest accepted event time" (interface 3); phases were kept for it.
        var reference = LocalCalendar.DayOf(ledger.Clock.Last - 1) + 1;
        if (reference != province.EndDay)
        {
            throw new InvalidOperationException(
                $"The last event gives the reference date {LocalCalendar.Date(reference)}, not {LocalCalendar.Date(province.EndDay)}.");
        }

        Directory.CreateDirectory(folder);
        ExpectedFile.Write(Path.Combine(folder, ExpectedName), _options, province, ledger, files);
        if (_options.Registry)
        {
            RegistryFolder.Write(Path.Combine(folder, "registry"), province);
        }

        return new GenerationSummary
        {
            Files = files,
            Rows = rows,
            Bytes = files.Sum(static file => file.Bytes),
            Factories = province.Factories.Count,
            Lines = province.Lines.Count,
            Devices = province.Devices.Count(static device => device.Assignments.Count > 0),
            ReferenceDate = LocalCalendar.Date(reference),
            Quarantined = ledger.Clock.Quarantined,
            ExpectedPath = Path.Combine(_options.OutputDirectory, ExpectedName),
        };
    }

    private static void Publish(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Move(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }

        foreach (var folder in Directory.GetDirectories(from))
        {
            Publish(folder, Path.Combine(to, Path.GetFileName(folder)));
        }

        Directory.Delete(from);
    }

    private List<GeneratedFile> Write(
        TableSource source, int number, int filesBefore, ITableSink sink, Action<long> progress, CancellationToken cancellationToken)
    {
        var files = new List<GeneratedFile>();
        var sequence = new RowSequence(source.Candidates, _options.Order, _options.Faults, _options.Seed, number);
        var batchRows = (int)Math.Clamp((source.Candidates + source.Files - 1) / source.Files, 1, _options.BatchRows);
        var fileRows = Math.Min((long)batchRows * BatchesAFile, (source.Candidates + source.Files - 1) / source.Files);
        var batch = new BatchBuffer(source.Shape, batchRows);
        var extension = _options.Format == IpcFormat.Stream ? "arrows" : "arrow";
        long written = 0;
        long inFile = 0;
        var isOpen = false;
        for (long position = 0; position < source.Candidates; position++)
        {
            if (!source.Emit(sequence.At(position), batch))
            {
                continue;
            }

            inFile++;
            if (batch.IsFull || inFile >= fileRows)
            {
                Flush();
            }

            if (inFile >= fileRows)
            {
                Close();
            }
        }

        if (batch.RowCount > 0)
        {
            Flush();
        }

        Close();
        return files;

        void Flush()
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!isOpen)
            {
                sink.Begin($"{source.Shape.Table}-{filesBefore + files.Count + 1:D4}.{extension}", source.Shape);
                isOpen = true;
            }

            sink.Write(batch);
            written += batch.RowCount;
            batch.Clear();
            progress(written);
        }

        void Close()
        {
            if (isOpen)
            {
                files.Add(sink.End());
                isOpen = false;
            }

            inFile = 0;
        }
    }
}
