using System.Buffers;
using System.Buffers.Binary;
using IndicatorCore.Compression;

namespace IndicatorCore.Ipc;

/// <summary>Collects the nodes and buffers of one RecordBatch table and the message body behind it; reused from message to message.</summary>
internal sealed class BodyBuilder(bool compress, bool contentChecksums)
{
    /// <summary>Where buffers start: multiples of this.</summary>
    public const int AlignmentBytes = 64;

    private const int StructBytes = 16;
    private const long StoredRaw = -1;

    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly ArrayBufferWriter<byte> _frame = new();
    private readonly ArrayBufferWriter<byte> _nodes = new();
    private readonly ArrayBufferWriter<byte> _buffers = new();
    private readonly ArrayBufferWriter<byte> _variadicCounts = new();

    /// <summary>The message body; its length is a multiple of <see cref="AlignmentBytes"/>.</summary>
    public ReadOnlySpan<byte> Body => _body.WrittenSpan;

    /// <summary>Forgets the message and keeps the memory.</summary>
    public void Clear()
    {
        _body.ResetWrittenCount();
        _nodes.ResetWrittenCount();
        _buffers.ResetWrittenCount();
        _variadicCounts.ResetWrittenCount();
    }

    /// <summary>Adds the FieldNode of the next column.</summary>
    public void AddNode(int length, int nullCount) => AddPair(_nodes, length, nullCount);

    /// <summary>Adds the number of data buffers of the next view column.</summary>
    public void AddVariadicCount(int count)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_variadicCounts.GetSpan(sizeof(long)), count);
        _variadicCounts.Advance(sizeof(long));
    }

    /// <summary>Adds a buffer that is absent or empty.</summary>
    public void AddEmptyBuffer() => AddPair(_buffers, _body.WrittenCount, 0);

    /// <summary>Adds a buffer, compressed where that is asked for and helps; the length recorded is exact, the body is padded.</summary>
    public void AddBuffer(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            AddEmptyBuffer();
            return;
        }

        var start = _body.WrittenCount;
        if (!compress)
        {
            _body.Write(bytes);
        }
        else
        {
            _frame.ResetWrittenCount();
            Lz4Frame.Encode(bytes, _frame, contentChecksum: contentChecksums);
            var isSmaller = _frame.WrittenCount < bytes.Length;
            BinaryPrimitives.WriteInt64LittleEndian(_body.GetSpan(sizeof(long)), isSmaller ? bytes.Length : StoredRaw);
            _body.Advance(sizeof(long));
            _body.Write(isSmaller ? _frame.WrittenSpan : bytes);
        }

        AddPair(_buffers, start, _body.WrittenCount - start);
        var padding = -_body.WrittenCount & (AlignmentBytes - 1);
        _body.GetSpan(AlignmentBytes)[..padding].Clear();
        _body.Advance(padding);
    }

    /// <summary>Adds the RecordBatch table to <paramref name="metadata"/>; returns its position.</summary>
    public int BuildRecordBatch(FlatBufferBuilder metadata, int rowCount)
    {
        var nodes = metadata.CreateVector(_nodes.WrittenSpan, _nodes.WrittenCount / StructBytes);
        var buffers = metadata.CreateVector(_buffers.WrittenSpan, _buffers.WrittenCount / StructBytes);
        var counts = _variadicCounts.WrittenCount == 0
            ? 0
            : metadata.CreateVector(_variadicCounts.WrittenSpan, _variadicCounts.WrittenCount / sizeof(long));
        var compression = 0;
        if (compress)
        {
            // Codec LZ4_FRAME and method BUFFER are the defaults, so the table is empty.
            metadata.StartTable(2);
            compression = metadata.EndTable();
        }

        metadata.StartTable(5);
        metadata.AddInt64(0, rowCount);
        metadata.AddOffset(1, nodes);
        metadata.AddOffset(2, buffers);
        metadata.AddOffset(3, compression);
        metadata.AddOffset(4, counts);
        return metadata.EndTable();
    }

    private static void AddPair(ArrayBufferWriter<byte> target, long first, long second)
    {
        var pair = target.GetSpan(StructBytes);
        BinaryPrimitives.WriteInt64LittleEndian(pair, first);
        BinaryPrimitives.WriteInt64LittleEndian(pair[sizeof(long)..], second);
        target.Advance(StructBytes);
    }
}
