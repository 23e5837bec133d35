using System.Buffers;
using System.IO.Pipelines;
using IndicatorCore.CData;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Tests.CData;

/// <summary>Structs made by the project's own exporter.</summary>
internal static class Exported
{
    /// <summary>The batches of a file in memory, each in a lease of its own.</summary>
    public static IEnumerable<BatchLease> Leases(ReadOnlyMemory<byte> file)
    {
        using var reader = IpcFileReader.Open(file, "memory.arrow");
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            var lease = new BatchLease();
            reader.Read(batch, Projection.All(reader.Schema), lease);
            yield return lease;
        }
    }

    /// <summary>The batches of a file or stream in memory, each in a lease of its own.</summary>
    public static (Schema Schema, List<BatchLease> Leases) Any(byte[] bytes)
    {
        if (IpcFormatDetection.Detect(bytes) == IpcContainer.File)
        {
            return (SchemaOf(bytes), [.. Leases(bytes)]);
        }

        return StreamAsync(bytes).GetAwaiter().GetResult();
    }

    /// <summary>The schema of a file.</summary>
    public static Schema SchemaOf(ReadOnlyMemory<byte> file)
    {
        using var reader = IpcFileReader.Open(file, "memory.arrow");
        return reader.Schema;
    }

    /// <summary>A schema as a struct that its receiver releases.</summary>
    public static unsafe ArrowSchema Schema(Schema schema)
    {
        ArrowSchema result;
        CArrayExporter.ExportSchema(schema, (nint)(&result));
        return result;
    }

    /// <summary>A batch as a struct that its receiver releases.</summary>
    public static unsafe ArrowArray Array(BatchLease lease)
    {
        ArrowArray result;
        CArrayExporter.Export(lease, (nint)(&result));
        return result;
    }

    /// <summary>A stream over all batches of a file that counts releases.</summary>
    public static CountedStream Stream(ReadOnlyMemory<byte> file) => new(Schema(SchemaOf(file)), Arrays(file));

    /// <summary>All batches of a file.</summary>
    public static List<ArrowArray> Arrays(ReadOnlyMemory<byte> file)
    {
        var arrays = new List<ArrowArray>();
        foreach (var lease in Leases(file))
        {
            arrays.Add(Array(lease));
        }

        return arrays;
    }

    /// <summary>An import of a schema.</summary>
    public static unsafe CArrayImport Import(Schema schema, CImportOptions? options = null)
    {
        var type = Schema(schema);
        var import = new CArrayImport((nint)(&type), options);
        Assert.True(type.Release is null, "the schema was released");
        return import;
    }

    private static async Task<(Schema Schema, List<BatchLease> Leases)> StreamAsync(byte[] bytes)
    {
        var reader = new IpcStreamReader(PipeReader.Create(new ReadOnlySequence<byte>(bytes)), "memory.arrows");
        await using var closing = reader.ConfigureAwait(false);
        var schema = await reader.ReadSchemaAsync();
        var leases = new List<BatchLease>();
        while (true)
        {
            var lease = new BatchLease();
            if (!await reader.ReadAsync(lease))
            {
                lease.Dispose();
                return (schema, leases);
            }

            leases.Add(lease);
        }
    }

    /// <summary>Imports a struct that is moved.</summary>
    public static unsafe BatchLease Lease(CArrayImport import, ArrowArray array)
    {
        try
        {
            return import.Import((nint)(&array));
        }
        finally
        {
            Assert.True(array.Release is null, "the array was moved");
        }
    }
}
