using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Tests.Support;

/// <summary>Writes the rows of an Arrow file again, in batches of another size.</summary>
internal static class Rebatch
{
    public static byte[] Bytes(string file, int rows, IpcFormat format, bool compress)
    {
        using var reader = IpcFileReader.Open(file);
        using var output = new MemoryStream();
        var schema = reader.Schema with { };
        var builder = new BatchBuilder(schema);
        using var writer = new IpcWriter(output, schema, new IpcWriterOptions { Format = format, Compress = compress });
        using var lease = new BatchLease();
        for (var i = 0; i < reader.BatchCount; i++)
        {
            reader.Read(i, Projection.All(reader.Schema), lease);
            lease.Decode();
            var batch = lease.View();
            for (var row = 0; row < batch.Length; row++)
            {
                for (var column = 0; column < schema.Fields.Count; column++)
                {
                    Copy(batch[column], row, builder[column]);
                }

                if (builder.RowCount == rows)
                {
                    writer.Write(builder);
                    builder.Clear();
                }
            }
        }

        writer.Write(builder);   // the last may be empty
        writer.Complete();
        return output.ToArray();
    }

    /// <summary>The rows of an Arrow file in a random order, split over files of batches of random sizes.</summary>
    public static IReadOnlyList<byte[]> Shuffled(string file, Random random, int files)
    {
        using var reader = IpcFileReader.Open(file);
        var schema = reader.Schema with { };
        var leases = Enumerable.Range(0, reader.BatchCount).Select(_ => new BatchLease()).ToList();
        try
        {
            var rows = new List<(BatchLease Lease, int Row)>();
            for (var i = 0; i < leases.Count; i++)
            {
                reader.Read(i, Projection.All(reader.Schema), leases[i]);
                leases[i].Decode();
                rows.AddRange(Enumerable.Range(0, leases[i].View().Length).Select(row => (leases[i], row)));
            }

            var order = rows.ToArray();
            random.Shuffle(order);
            int[] cuts = [0, .. Enumerable.Range(1, files - 1).Select(_ => random.Next(order.Length + 1)).Order(), order.Length];
            return [.. Enumerable.Range(0, files).Select(part => Write(schema, order[cuts[part]..cuts[part + 1]], random.Next(50, 3_000), random.Next(2) == 0))];
        }
        finally
        {
            leases.ForEach(static lease => lease.Dispose());
        }
    }

    private static byte[] Write(Schema schema, (BatchLease Lease, int Row)[] rows, int batchRows, bool compress)
    {
        using var output = new MemoryStream();
        var builder = new BatchBuilder(schema);
        using var writer = new IpcWriter(output, schema, new IpcWriterOptions { Format = IpcFormat.File, Compress = compress });
        foreach (var (lease, row) in rows)
        {
            var batch = lease.View();
            for (var column = 0; column < schema.Fields.Count; column++)
            {
                Copy(batch[column], row, builder[column]);
            }

            if (builder.RowCount == batchRows)
            {
                writer.Write(builder);
                builder.Clear();
            }
        }

        writer.Write(builder);
        writer.Complete();
        return output.ToArray();
    }

    private static void Copy(Column from, int row, ColumnBuilder to)
    {
        var type = from.Field.Type;
        if (!from.IsValid(row))
        {
            to.AppendNull();
            return;
        }

        switch (type.Id)
        {
            case ArrowTypeId.Bool:
                to.AppendBool(from.Bit(row));
                break;
            case ArrowTypeId.FloatingPoint:
                to.AppendDouble(type.BitWidth == 64 ? from.Values<double>()[row] : from.Values<float>()[row]);
                break;
            case ArrowTypeId.Decimal:
                to.AppendDecimal(from.Values<Int128>()[row]);
                break;
            case ArrowTypeId.Int when type is { IsSigned: false, BitWidth: 16 }:
                to.AppendUInt64(from.Values<ushort>()[row]);
                break;
            case ArrowTypeId.Utf8 or ArrowTypeId.Binary:
                to.AppendBytes(from.Bytes(row));
                break;
            default:
                to.AppendInt64(type.BitWidth == 32 ? from.Values<int>()[row] : type.BitWidth == 16 ? from.Values<short>()[row] : type.BitWidth == 8 ? from.Values<sbyte>()[row] : from.Values<long>()[row]);
                break;
        }
    }
}
