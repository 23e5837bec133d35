using System.Buffers.Binary;
using System.Runtime.InteropServices;
using IndicatorCore.Columns;
using IndicatorCore.Compression;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>Makes the stored buffers of a column usable: decompresses them, trims them to what the rows need, and validates them.</summary>
internal readonly ref struct ColumnDecoder(IpcReaderOptions options, IBufferCodec[] codecs, BatchLease lease, CancellationToken cancellationToken)
{
    /// <summary>What a buffer may have beyond its rows' need before that is held to be an attack: alignment, spare capacity.</summary>
    private const int Slack = 4096;

    public void Decode(ColumnData column)
    {
        try
        {
            DecodeValidity(column);
            DecodeOwn(column);
        }
        catch (IndicatorDataException fault)
        {
            fault.At(new DataLocation(Column: column.Path));
            throw;
        }

        foreach (var child in column.Children)
        {
            Decode(child);
        }

        if (column.Layout == ColumnLayout.RunEnds)
        {
            NestedChecks.CheckRuns(column);
        }
    }

    private void DecodeValidity(ColumnData column)
    {
        ref var slot = ref column.Slots[ColumnData.ValiditySlot];
        if (column.Layout == ColumnLayout.Null)
        {
            column.NullCount = column.Length;
            return;
        }

        var need = (column.Length + 7L) / 8;
        column.NullCount = 0;
        Load(ref slot, slot.Length == 0 ? 0 : need, mayBeEmpty: true);
        if (slot.Bytes.Length == 0)
        {
            if (column.DeclaredNulls > 0 && column.HasValidity)
            {
                throw new MalformedArrowException($"A column declares {column.DeclaredNulls} nulls, but has no validity bitmap");
            }

            return;
        }

        column.NullCount = ValidityBitmap.CountNulls(slot.Bytes.Span, column.Length);
        if (column.NullCount == 0)
        {
            slot.Bytes = default;
        }
    }

    private void DecodeOwn(ColumnData column)
    {
        var slots = column.Slots;
        ref var first = ref slots[ColumnData.FirstSlot];
        ref var second = ref slots[ColumnData.SecondSlot];
        long rows = column.Length;
        switch (column.Layout)
        {
            case ColumnLayout.Fixed:
                Load(ref first, rows * column.Width);
                if (column.Field.Dictionary is not null)
                {
                    IndexChecks.Check(column);
                }

                break;
            case ColumnLayout.Bits:
                Load(ref first, (rows + 7) / 8);
                break;
            case ColumnLayout.Bytes32 or ColumnLayout.Bytes64:
                var width = column.Layout == ColumnLayout.Bytes32 ? sizeof(int) : sizeof(long);
                Load(ref second, LoadOffsets(ref first, rows, width));
                if (column.Field.Type.Id is ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8)
                {
                    TextChecks.CheckOffsets(column);
                }

                break;
            case ColumnLayout.Views:
                Load(ref first, rows * 16);
                for (var i = ColumnData.VariadicSlot; i < column.SlotCount; i++)
                {
                    LoadWhole(ref slots[i]);
                }

                TextChecks.CheckViews(column);
                break;
            case ColumnLayout.List32 or ColumnLayout.List64:
                var last = LoadOffsets(ref first, rows, column.Layout == ColumnLayout.List32 ? sizeof(int) : sizeof(long));
                NestedChecks.CheckChild(column, 0, last);
                break;
            case ColumnLayout.ListView32 or ColumnLayout.ListView64:
                var size = column.Layout == ColumnLayout.ListView32 ? sizeof(int) : sizeof(long);
                Load(ref first, rows * size);
                Load(ref second, rows * size);
                NestedChecks.CheckListViews(column);
                break;
            case ColumnLayout.FixedList:
                NestedChecks.CheckChild(column, 0, rows * column.Width);
                break;
            case ColumnLayout.Struct:
                NestedChecks.CheckMembers(column);
                break;
            case ColumnLayout.SparseUnion or ColumnLayout.DenseUnion:
                Load(ref first, rows);
                if (column.Layout == ColumnLayout.DenseUnion)
                {
                    Load(ref second, rows * sizeof(int));
                }

                NestedChecks.CheckUnion(column);
                break;
            default:
                break;
        }
    }

    /// <summary>Loads n + 1 offsets, checks that they never decrease, and gives the last one.</summary>
    private long LoadOffsets(ref BufferSlot slot, long rows, int width)
    {
        if (rows == 0)
        {
            slot.Bytes = default;
            return 0;
        }

        Load(ref slot, (rows + 1) * width);
        var bytes = slot.Bytes.Span;
        var bad = width == sizeof(int)
            ? OffsetChecks.FirstDecrease(MemoryMarshal.Cast<byte, int>(bytes))
            : OffsetChecks.FirstDecrease(MemoryMarshal.Cast<byte, long>(bytes));
        return bad < 0
            ? OffsetChecks.Last(bytes, width)
            : throw new MalformedArrowException("Offsets are negative or decrease", new DataLocation(Row: bad));
    }

    private void LoadWhole(ref BufferSlot slot) => Load(ref slot, need: -1);

    /// <summary>Leaves exactly <paramref name="need"/> usable bytes in the slot; all there are, when it is -1.</summary>
    private void Load(ref BufferSlot slot, long need, bool mayBeEmpty = false)
    {
        var stored = slot.Bytes;
        var usable = lease.CodecId < 0 || stored.Length == 0 ? stored : Unpack(stored, need);
        if (usable.Length < need)
        {
            if (mayBeEmpty && usable.Length == 0)
            {
                slot.Bytes = default;
                return;
            }

            throw new MalformedArrowException($"A buffer has {usable.Length} bytes where the rows need {need}");
        }

        slot.Bytes = need < 0 ? usable : usable[..(int)need];
    }

    private ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> stored, long need)
    {
        if (stored.Length < sizeof(long))
        {
            throw new MalformedArrowException($"A compressed buffer has {stored.Length} bytes, too few for its length");
        }

        var declared = BinaryPrimitives.ReadInt64LittleEndian(stored.Span);
        var payload = stored[sizeof(long)..];
        if (declared == -1 || payload.IsEmpty)
        {
            return declared is -1 or 0
                ? payload
                : throw new MalformedArrowException($"A compressed buffer of {declared} bytes is empty");
        }

        if (declared < -1)
        {
            throw new MalformedArrowException($"A compressed buffer declares {declared} bytes");
        }

        if (declared < need && declared > 0)
        {
            throw new MalformedArrowException($"A buffer has {declared} bytes where the rows need {need}");
        }

        var codec = Codec(declared);
        if (codec is null)
        {
            return default;
        }

        CheckDeclared(declared, need, payload.Length);
        var plain = lease.Decoded.Take((int)declared);
        codec.Decode(payload.Span, plain.Span, cancellationToken);
        return plain;
    }

    private void CheckDeclared(long declared, long need, int payload)
    {
        // 255 is the most that one LZ4 byte can stand for
        if (lease.CodecId == 0 && declared > (255L * payload) + 64)
        {
            throw new MalformedArrowException($"A compressed buffer of {payload} bytes declares {declared} bytes, more than LZ4 can reach");
        }

        if (declared > Math.Min(options.MaxBufferBytes, Array.MaxLength - 4096))
        {
            throw new LimitExceededException($"A needed buffer has {declared} bytes, more than the limit of {options.MaxBufferBytes}");
        }

        if (need >= 0 && declared > (2 * need) + Slack)
        {
            throw new LimitExceededException($"A compressed buffer declares {declared} bytes where the rows need {need}");
        }

        if (lease.Decoded.Taken + declared > options.MaxBatchBytes)
        {
            throw new LimitExceededException(
                $"The needed columns of a batch take more than the limit of {options.MaxBatchBytes} bytes",
                isMemoryBudget: options.IsMemoryBudget,
                advice: options.IsMemoryBudget ? "Give more with --memory, or export smaller batches." : null);
        }
    }

    /// <summary>The codec of the message; null where an empty buffer does not need one that is absent.</summary>
    private IBufferCodec? Codec(long declared)
    {
        if (lease.CompressionMethod == 0)
        {
            foreach (var codec in codecs)
            {
                if (codec.CodecId == lease.CodecId)
                {
                    return codec;
                }
            }
        }

        if (declared == 0)
        {
            return null;
        }

        var name = (lease.CodecId, lease.CompressionMethod) switch
        {
            (_, not 0) => $"method {lease.CompressionMethod}",
            (1, _) => "codec ZSTD",
            _ => $"codec {lease.CodecId}",
        };
        throw new UnsupportedArrowException(
            $"A needed column is compressed with {name}, which is not read", advice: "Write the data with LZ4 or without compression.");
    }
}
