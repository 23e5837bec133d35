using System.IO.Pipelines;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Cli.Exports;

/// <summary>One input of an export, file or stream, read batch by batch.</summary>
internal sealed class ExportInput : IAsyncDisposable
{
    /// <summary>How standard input is written.</summary>
    public const string StandardInput = "-";

    private readonly IpcStreamReader? _stream;

    private readonly ExportStream? _opened;

    private ExportInput(string name, Schema schema, IpcFileReader? file, IpcStreamReader? stream, ExportStream? opened)
    {
        _opened = opened;
        Name = name;
        Schema = schema;
        File = file;
        _stream = stream;
    }

    /// <summary>The path as given, or <c>-</c>.</summary>
    public string Name { get; }

    /// <summary>The schema.</summary>
    public Schema Schema { get; }

    /// <summary>The reader of an Arrow file, or null for a stream.</summary>
    public IpcFileReader? File { get; }

    /// <summary>The size of a file; for a stream the bytes taken so far.</summary>
    public long Bytes => File?.Length ?? _stream!.BytesRead;

    /// <summary>The inputs that export arguments name, ordered by path, standard input last.</summary>
    /// <exception cref="FileNotFoundException">A path does not exist, or nothing matches.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> exports, CommandContext context)
    {
        string[] paths = [.. exports.Where(static path => path != StandardInput).Select(context.Locate)];
        return exports.Count(static path => path == StandardInput) switch
        {
            0 => ExportFiles.Expand(paths),
            1 => [.. ExportFiles.Expand(paths), StandardInput],
            _ => throw new UsageException("standard input (-) can be read only once"),
        };
    }

    /// <summary>Opens an input and reads its schema.</summary>
    /// <exception cref="IndicatorDataException">It is not Arrow IPC that can be read here.</exception>
    public static async Task<ExportInput> OpenAsync(string name, CommandContext context, CancellationToken cancellationToken)
    {
        var path = name == StandardInput ? name : context.Locate(name);
        if (name != StandardInput && !ExportStream.IsSequential(path) && !IsStream(path))
        {
            var file = IpcFileReader.Open(path);
            return new ExportInput(name, file.Schema, file, stream: null, opened: null);
        }

        var opened = name == StandardInput ? null : await ExportStream.OpenAsync(path, cancellationToken);
        var pipe = opened?.ToPipe() ?? PipeReader.Create(context.StandardInput, new StreamPipeReaderOptions(bufferSize: 1 << 18, leaveOpen: true));
        var stream = new IpcStreamReader(pipe, name);
        try
        {
            return new ExportInput(name, await stream.ReadSchemaAsync(cancellationToken), file: null, stream, opened);
        }
        catch
        {
            await stream.DisposeAsync();
            if (opened is not null)
            {
                await opened.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Reads batches into one lease, in order, until <paramref name="see"/> returns false or there are no more.</summary>
    /// <param name="projection">The columns needed.</param>
    /// <param name="first">For files: the first batch to read; streams always start at their first.</param>
    /// <param name="see">Looks at a batch that is read but perhaps not decoded.</param>
    /// <param name="cancellationToken">Stops between batches and inside them.</param>
    public async Task ReadAsync(Projection projection, int first, Func<BatchLease, bool> see, CancellationToken cancellationToken)
    {
        using var lease = new BatchLease();
        if (File is { } file)
        {
            for (var i = first; i < file.BatchCount; i++)
            {
                file.Read(i, projection, lease, cancellationToken);
                if (!See(lease, see))
                {
                    break;
                }
            }

            file.CheckUnchanged();
            return;
        }

        _stream!.Project(projection);
        while (await _stream.ReadAsync(lease, cancellationToken) && See(lease, see))
        {
        }

        CheckUnchanged();
    }

    /// <summary>What the source profile, or the input's own metadata, says of it.</summary>
    public SourceSettings Settings(SourceProfile? source)
    {
        source ??= Schema.Meta("indicatorcore.source") is { } json
            ? SourceProfile.Parse(json, $"{Name} (metadata indicatorcore.source)")
            : null;
        return source?.For(Name) ?? SourceSettings.Empty;
    }

    public async ValueTask DisposeAsync()
    {
        File?.Dispose();
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }

        if (_opened is not null)
        {
            await _opened.DisposeAsync();
        }
    }

    private void CheckUnchanged()
    {
        try
        {
            _opened?.CheckUnchanged();
        }
        catch (IndicatorDataException problem)
        {
            problem.At(new DataLocation(Name));
            throw;
        }
    }

    private bool See(BatchLease lease, Func<BatchLease, bool> see)
    {
        try
        {
            return see(lease);
        }
        catch (IndicatorDataException problem)
        {
            problem.At(new DataLocation(Name, Batch: lease.BatchOrdinal, Offset: lease.BaseOffset));
            throw;
        }
    }

    private static bool IsStream(string path)
    {
        Span<byte> head = stackalloc byte[IpcFormatDetection.HeadLength];
        using var handle = System.IO.File.OpenHandle(path);
        return IpcFormatDetection.Detect(head[..RandomAccess.Read(handle, head, 0)]) == IpcContainer.Stream;
    }
}
