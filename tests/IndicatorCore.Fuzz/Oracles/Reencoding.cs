using System.Buffers.Binary;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Fuzz.Oracles;

/// <summary>Writes what an input was read as once more, with our writer: a value that means something can be written and read again.</summary>
internal static class Reencoding
{
    /// <summary>The columns that can be written, as a new file; null when the writer has no form for one of the values (a time of 25 hours).</summary>
    /// <param name="bytes">A file or stream that the readers accept.</param>
    /// <param name="isFile">Which it is.</param>
    /// <param name="ordinals">The columns written, in order.</param>
    public static byte[]? Write(ReadOnlyMemory<byte> bytes, bool isFile, out List<int> ordinals)
    {
        ordinals = [];
        using var output = new MemoryStream();
        using var lease = new BatchLease();
        try
        {
            if (isFile)
            {
                using var reader = IpcFileReader.Open(bytes, ArrowReading.Name, ArrowReading.Limits);
                var (projection, builder) = Begin(reader.Schema, ordinals);
                using var writer = new IpcWriter(output, builder.Schema, leaveOpen: true);
                for (var i = 0; i < reader.BatchCount; i++)
                {
                    reader.Read(i, projection, lease);
                    Copy(lease, ordinals, builder, writer);
                }

                writer.Complete();
            }
            else
            {
                Stream(bytes, ordinals, output, lease).GetAwaiter().GetResult();
            }
        }
        catch (ArgumentException)
        {
            return null;
        }

        return output.ToArray();
    }

    private static async Task Stream(ReadOnlyMemory<byte> bytes, List<int> ordinals, MemoryStream output, BatchLease lease)
    {
        await using var reader = new IpcStreamReader(System.IO.Pipelines.PipeReader.Create(Segments.Of(bytes, 0)), ArrowReading.Name, ArrowReading.Limits);
        var (projection, builder) = Begin(await reader.ReadSchemaAsync().ConfigureAwait(false), ordinals);
        reader.Project(projection);
        using var writer = new IpcWriter(output, builder.Schema, leaveOpen: true);
        while (await reader.ReadAsync(lease).ConfigureAwait(false))
        {
            Copy(lease, ordinals, builder, writer);
        }

        writer.Complete();
    }

    private static (Projection Projection, BatchBuilder Builder) Begin(Schema schema, List<int> ordinals)
    {
        List<Field> fields = [];
        for (var i = 0; i < schema.Fields.Count; i++)
        {
            var field = schema.Fields[i];
            if (IsWritable(field))
            {
                ordinals.Add(i);
                fields.Add(field with { IsNullable = true });
            }
        }

        return (Projection.Of(schema, ordinals), new BatchBuilder(new Schema { Fields = fields, Metadata = schema.Metadata }));
    }

    private static bool IsWritable(Field field)
    {
        try
        {
            WritableType.Check(field);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Copy(BatchLease lease, List<int> ordinals, BatchBuilder builder, IpcWriter writer)
    {
        lease.Decode();
        var batch = lease.View();
        if (batch.Length > 100_000 || (ordinals.Count == 0 && batch.Length > 0))
        {
            throw new ArgumentException("Too many rows to write again, or rows without columns.", nameof(lease));
        }

        for (var i = 0; i < ordinals.Count; i++)
        {
            var column = batch[ordinals[i]];
            for (var row = 0; row < column.Length; row++)
            {
                Append(column, row, builder[i]);
            }
        }

        writer.Write(builder);
        builder.Clear();
    }

    private static void Append(Column from, int row, ColumnBuilder to)
    {
        if (!from.IsValid(row) || (from.Dictionary is { } dictionary && dictionary.IsNull(from.Code(row))))
        {
            to.AppendNull();
            return;
        }

        var type = from.Field.Type;
        if (type.Id == ArrowTypeId.Bool)
        {
            to.AppendBool(from.Bit(row));
            return;
        }

        var bytes = from.Bytes(row);
        switch (type.Id)
        {
            case ArrowTypeId.FloatingPoint:
                to.AppendDouble(bytes.Length switch
                {
                    2 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
                    4 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                    _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                });
                break;
            case ArrowTypeId.Decimal:
                to.AppendDecimal((Int128)Signed(bytes));
                break;
            case ArrowTypeId.Int when !type.IsSigned:
                to.AppendUInt64((ulong)new System.Numerics.BigInteger(bytes, isUnsigned: true));
                break;
            case ArrowTypeId.Int or ArrowTypeId.Date or ArrowTypeId.Time or ArrowTypeId.Timestamp or ArrowTypeId.Duration:
                to.AppendInt64((long)Signed(bytes));
                break;
            default:
                to.AppendBytes(bytes);
                break;
        }
    }

    private static System.Numerics.BigInteger Signed(ReadOnlySpan<byte> bytes) => new(bytes);
}
