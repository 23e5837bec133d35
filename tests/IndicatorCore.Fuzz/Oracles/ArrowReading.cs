using System.IO.Pipelines;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Fuzz.Guards;
using IndicatorCore.Ipc;

namespace IndicatorCore.Fuzz.Oracles;

/// <summary>Reads inputs through both readers into <see cref="ReadContent"/>; refusals are part of it, all other exceptions are not caught.</summary>
internal sealed class ArrowReading : IDisposable
{
    /// <summary>What an input is called.</summary>
    public const string Name = "fuzzed";

    private readonly GuardedPieces _stored = new();
    private readonly GuardedPieces _decoded = new();
    private readonly BatchLease _common = new();
    private readonly BatchLease _guarded;
    private readonly ValueWriter _values = new();

    public ArrowReading() => _guarded = new BatchLease(_stored, _decoded);

    /// <summary>Limits that a tester's machine can afford, each within reach of small changes.</summary>
    public static IpcReaderOptions Limits { get; } = new()
    {
        MaxBatchBytes = 16 << 20,
        MaxBufferBytes = 8 << 20,
        MaxDictionaryBytes = 8 << 20,
        MaxRowsPerBatch = 1 << 20,
        MaxDictionaryEntries = 1 << 20,
        MaxColumns = 4096,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The input.</param>
    /// <param name="column">The one column to read, or null for all.</param>
    /// <param name="isGuarded">Whether decoded buffers lie between guard pages and start as rubbish, or in the lease that all inputs share.</param>
    /// <param name="options">The limits, or null for <see cref="Limits"/>.</param>
    public ReadContent File(ReadOnlyMemory<byte> bytes, int? column = null, bool isGuarded = false, IpcReaderOptions? options = null)
    {
        List<BatchContent> batches = [];
        IndicatorDataException? first = null;
        string? schema = null;
        try
        {
            using var reader = IpcFileReader.Open(bytes, Name, options ?? Limits);
            schema = ValueWriter.Describe(reader.Schema);
            var projection = Wanted(reader.Schema, column);
            var lease = isGuarded ? _guarded : _common;
            for (var i = 0; i < reader.BatchCount; i++)
            {
                reader.Read(i, projection, lease);
                batches.Add(Batch(lease, ref first));
            }

            return new ReadContent(schema, batches, Located(first), IsWhole: true);
        }
        catch (IndicatorDataException fault)
        {
            return new ReadContent(schema, batches, Located(first ?? fault), IsWhole: false);
        }
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="bytes">The input.</param>
    /// <param name="segment">How many bytes lie together, 0 for all.</param>
    /// <param name="column">The one column to read, or null for all.</param>
    /// <param name="isGuarded">Whether decoded buffers lie between guard pages.</param>
    public ReadContent Stream(ReadOnlyMemory<byte> bytes, int segment = 0, int? column = null, bool isGuarded = false) =>
        StreamAsync(bytes, segment, column, isGuarded).AsTask().GetAwaiter().GetResult();

    public void Dispose()
    {
        _common.Dispose();
        _guarded.Dispose();
        _stored.Dispose();
        _decoded.Dispose();
    }

    private static Projection Wanted(Schema schema, int? column) =>
        column is { } ordinal ? Projection.Of(schema, ordinal < schema.Fields.Count ? [ordinal] : []) : Projection.All(schema);

    private static IndicatorDataException? Located(IndicatorDataException? fault) =>
        fault is null || fault.Location.File == Name ? fault : throw new FuzzFailureException($"A refusal does not name its input: {fault}");

    private async ValueTask<ReadContent> StreamAsync(ReadOnlyMemory<byte> bytes, int segment, int? column, bool isGuarded)
    {
        List<BatchContent> batches = [];
        IndicatorDataException? first = null;
        string? schema = null;
        await using var reader = new IpcStreamReader(PipeReader.Create(Segments.Of(bytes, segment)), Name, Limits);
        try
        {
            var read = await reader.ReadSchemaAsync().ConfigureAwait(false);
            schema = ValueWriter.Describe(read);
            if (column is not null)
            {
                reader.Project(Wanted(read, column));
            }

            var lease = isGuarded ? _guarded : _common;
            while (await reader.ReadAsync(lease).ConfigureAwait(false))
            {
                batches.Add(Batch(lease, ref first));
            }

            return new ReadContent(schema, batches, Located(first), IsWhole: true);
        }
        catch (IndicatorDataException fault)
        {
            return new ReadContent(schema, batches, Located(first ?? fault), IsWhole: false);
        }
    }

    private BatchContent Batch(BatchLease lease, ref IndicatorDataException? first)
    {
        try
        {
            lease.Decode();
        }
        catch (IndicatorDataException fault)
        {
            first ??= fault;
            return new BatchContent(lease.RowCount, null);
        }

        var batch = lease.View();
        var columns = new byte[]?[batch.Schema.Fields.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = batch.IsLoaded(i) ? _values.Column(batch[i]) : null;
        }

        return new BatchContent(batch.Length, columns);
    }
}
