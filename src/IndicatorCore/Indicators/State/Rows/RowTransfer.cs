using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State.Rows;

/// <summary>
/// Kept rows with names instead of an engine's numbers, for state files and other engines: the head of the record; the rank of the shape among
/// the shapes, and of the input among the inputs; the time; the reason why it was set aside; each key with its length (-1 = null; a category
/// is its number alone); each value with its class, and a number only where that is valid. Little-endian.
/// </summary>
internal static class RowTransfer
{
    private const int MostCategory = 2;   // RadioAccess, DowntimeKind

    /// <summary>Adds the rows of another engine's store, which stays as it is.</summary>
    public static void Copy(RowStore from, RowStore to)
    {
        var shapes = from.Shapes.ConvertAll(shape => to.Space.ShapeOf(shape.Text));
        var inputs = from.Inputs.ConvertAll(input => to.Space.Inputs.GetOrAdd(from.Space.Inputs.Name(input)));
        var buffer = new ArrayBufferWriter<byte>();
        var (shapeRanks, inputRanks) = Ranks(from);
        using var rows = from.InOrder();
        RowStore.Walk(rows, to.Space.Spill.Cancellation, rows =>
        {
            buffer.ResetWrittenCount();
            Write(from.Space, rows.Record, shapeRanks, inputRanks, buffer);
            ReadOnlySpan<byte> bytes = buffer.WrittenSpan;
            if (!TryAdd(to, shapes, inputs, ref bytes))
            {
                throw new InvalidOperationException("A row was not written as it is read.");
            }
        });
    }

    /// <summary>By number: the rank of each shape and of each input of a store.</summary>
    public static (Dictionary<int, int> Shapes, Dictionary<int, int> Inputs) Ranks(RowStore store) => (
        store.Shapes.Select(static (shape, rank) => (shape.Number, rank)).ToDictionary(static pair => pair.Number, static pair => pair.rank),
        store.Inputs.Select(static (input, rank) => (input, rank)).ToDictionary(static pair => pair.input, static pair => pair.rank));

    /// <summary>Writes a row.</summary>
    public static void Write(RowSpace space, ReadOnlySpan<byte> record, Dictionary<int, int> shapes, Dictionary<int, int> inputs, ArrayBufferWriter<byte> output)
    {
        var shape = space.Shape(RowRecord.ShapeOf(record));
        output.Write(record[..RowRecord.HeadBytes]);
        Write(output, shapes[shape.Number]);
        Write(output, inputs[RowRecord.InputOf(record)]);
        output.Write(record[RowRecord.TimeAt..RowRecord.ReasonAt]);
        var reason = (QuarantineReason)record[RowRecord.ReasonAt];
        WriteText(output, reason == QuarantineReason.None ? string.Empty : QuarantineNames.Of(reason));
        var at = RowRecord.KeysAt;
        for (var i = 0; i < shape.KeyLanes.Length; i++, at += sizeof(int))
        {
            var number = BinaryPrimitives.ReadInt32LittleEndian(record[at..]);
            if (shape.KeyTables[i] is not { } table || number < 0)
            {
                Write(output, number);
            }
            else
            {
                WriteText(output, table.Name(number));
            }
        }

        for (; at < shape.RecordBytes; at += RowRecord.ValueBytes)
        {
            output.Write(record.Slice(at, record[at] == ValueClass.Valid ? RowRecord.ValueBytes : 1));
        }
    }

    /// <summary>Adds the row that some bytes begin with, and goes on behind it; false where they hold none.</summary>
    /// <param name="store">Takes the row.</param>
    /// <param name="shapes">The shapes by rank.</param>
    /// <param name="inputs">The inputs by rank.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="Errors.SpillException">The disk does not take what the budget does not hold.</exception>
    public static bool TryAdd(RowStore store, IReadOnlyList<RowShape> shapes, IReadOnlyList<int> inputs, ref ReadOnlySpan<byte> bytes)
    {
        const int Fixed = RowRecord.HeadBytes + sizeof(int) + sizeof(int) + sizeof(long);
        if (bytes.Length < Fixed)
        {
            return false;
        }

        var head = bytes[..Fixed];
        bytes = bytes[Fixed..];
        var (shapeRank, inputRank) = (RowRecord.ShapeOf(head), RowRecord.InputOf(head));
        if ((uint)shapeRank >= (uint)shapes.Count || (uint)inputRank >= (uint)inputs.Count || RowRecord.TimeOf(head) == long.MinValue
            || !TryText(ref bytes, out var reasonName))
        {
            return false;
        }

        var shape = shapes[shapeRank];
        var reason = reasonName.IsEmpty ? QuarantineReason.None : QuarantineNames.Parse(Encoding.UTF8.GetString(reasonName));
        Span<byte> record = shape.RecordBytes <= 1024 ? stackalloc byte[shape.RecordBytes] : new byte[shape.RecordBytes];
        head.CopyTo(record);
        BinaryPrimitives.WriteInt32LittleEndian(record[RowRecord.ShapeAt..], shape.Number);
        BinaryPrimitives.WriteInt32LittleEndian(record[RowRecord.InputAt..], inputs[inputRank]);
        record[RowRecord.ReasonAt] = (byte)reason;
        var at = RowRecord.KeysAt;
        for (var i = 0; i < shape.KeyLanes.Length; i++, at += sizeof(int))
        {
            if (!TryKey(shape.KeyTables[i], ref bytes, out var number))
            {
                return false;
            }

            BinaryPrimitives.WriteInt32LittleEndian(record[at..], number);
        }

        for (; at < record.Length; at += RowRecord.ValueBytes)
        {
            var length = bytes.IsEmpty || bytes[0] > ValueClass.NotANumber ? int.MaxValue : bytes[0] == ValueClass.Valid ? RowRecord.ValueBytes : 1;
            if (length > bytes.Length)
            {
                return false;
            }

            record.Slice(at, RowRecord.ValueBytes).Clear();
            bytes[..length].CopyTo(record[at..]);
            bytes = bytes[length..];
        }

        store.Add(record);
        return true;
    }

    private static bool TryKey(KeyTable? table, ref ReadOnlySpan<byte> bytes, out int number)
    {
        number = -1;
        if (bytes.Length < sizeof(int))
        {
            return false;
        }

        number = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (table is null || number < 0)
        {
            bytes = bytes[sizeof(int)..];
            return number is >= -1 and <= MostCategory;
        }

        if (!TryText(ref bytes, out var name) || !Utf8.IsValid(name))
        {
            return false;
        }

        number = table.GetOrAdd(name);
        return true;
    }

    private static bool TryText(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> text)
    {
        text = default;
        var length = bytes.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < 0 || length > bytes.Length - sizeof(int))
        {
            return false;
        }

        text = bytes.Slice(sizeof(int), length);
        bytes = bytes[(sizeof(int) + length)..];
        return true;
    }

    private static void Write(ArrayBufferWriter<byte> output, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), number);
        output.Advance(sizeof(int));
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Write(output, utf8.Length);
        output.Write(utf8);
    }
}
