using System.IO.Pipelines;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Tests.Support;

/// <summary>Reads whole inputs into texts.</summary>
internal static class IpcReading
{
    public static (Schema Schema, List<ReadBatch> Batches) File(ReadOnlyMemory<byte> bytes, IEnumerable<int>? ordinals = null, IpcReaderOptions? options = null)
    {
        using var reader = IpcFileReader.Open(bytes, "test", options);
        return (reader.Schema, Batches(reader, ordinals));
    }

    public static List<ReadBatch> Batches(IpcFileReader reader, IEnumerable<int>? ordinals = null)
    {
        var projection = ordinals is null ? Projection.All(reader.Schema) : Projection.Of(reader.Schema, ordinals);
        using var lease = new BatchLease();
        var batches = new List<ReadBatch>();
        for (var i = 0; i < reader.BatchCount; i++)
        {
            reader.Read(i, projection, lease);
            batches.Add(Texts(lease));
        }

        return batches;
    }

    public static (Schema Schema, List<ReadBatch> Batches) Stream(ReadOnlyMemory<byte> bytes, IEnumerable<int>? ordinals = null, IpcReaderOptions? options = null) =>
        StreamAsync(PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(bytes)), ordinals, options).GetAwaiter().GetResult();

    public static async Task<(Schema Schema, List<ReadBatch> Batches)> StreamAsync(
        PipeReader pipe, IEnumerable<int>? ordinals = null, IpcReaderOptions? options = null)
    {
        await using var reader = new IpcStreamReader(pipe, "test", options);
        var schema = await reader.ReadSchemaAsync();
        if (ordinals is not null)
        {
            reader.Project(Projection.Of(schema, ordinals));
        }

        using var lease = new BatchLease();
        var batches = new List<ReadBatch>();
        while (await reader.ReadAsync(lease))
        {
            batches.Add(Texts(lease));
        }

        return (schema, batches);
    }

    /// <summary>Reads a file or a stream by what its first bytes say.</summary>
    public static (Schema Schema, List<ReadBatch> Batches) Any(byte[] bytes, IpcReaderOptions? options = null) =>
        IpcFormatDetection.Detect(bytes) == IpcContainer.File ? File(bytes, null, options) : Stream(bytes, null, options);

    public static ReadBatch Texts(BatchLease lease)
    {
        var batch = lease.View();
        var columns = new string[]?[batch.Schema.Fields.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = batch.IsLoaded(i) ? ValueText.All(batch[i]) : null;
        }

        return new ReadBatch(batch.Length, columns);
    }

    public static void AssertEqual(IReadOnlyList<ReadBatch> expected, IReadOnlyList<ReadBatch> actual)
    {
        Assert.Equal(expected.Select(static batch => batch.Rows), actual.Select(static batch => batch.Rows));
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Columns, actual[i].Columns);
        }
    }
}
