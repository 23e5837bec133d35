using System.Buffers.Binary;
using System.Text;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>A FlatBuffers table, read in place; every position is checked before a byte is touched. Slots are byte offsets in the vtable.</summary>
internal readonly ref struct FlatTable
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> _buffer;
    private readonly ReadOnlySpan<byte> _fields;
    private readonly ref long _budget;
    private readonly int _start;
    private readonly int _size;

    private FlatTable(ReadOnlySpan<byte> buffer, int start, ref long budget)
    {
        if (--budget < 0)
        {
            throw new LimitExceededException("The metadata refers to more tables and text than eight times its size, as only shared parts can");
        }

        _buffer = buffer;
        _start = start;
        _budget = ref budget;
        var vtable = start - (long)BinaryPrimitives.ReadInt32LittleEndian(At(buffer, start, sizeof(int)));
        var length = BinaryPrimitives.ReadUInt16LittleEndian(At(buffer, vtable, sizeof(ushort)));
        if (length < 4 || (length & 1) != 0)
        {
            throw new MalformedArrowException($"A metadata table has a vtable of {length} bytes");
        }

        var header = At(buffer, vtable, length);
        _fields = header[4..];
        _size = BinaryPrimitives.ReadUInt16LittleEndian(header[2..]);
        At(buffer, start, _size);
    }

    /// <summary>The root table of a metadata buffer. <paramref name="budget"/> counts the tables and text that may still be visited.</summary>
    public static FlatTable Root(ReadOnlySpan<byte> buffer, ref long budget) =>
        new(buffer, Forward(buffer, 0), ref budget);

    /// <summary>The tables and bytes of text that a buffer of this size may make a reader visit: shared offsets can name one many times.</summary>
    public static long Budget(long bytes) => 8 * bytes;

    public bool Has(int slot) => Find(slot, 1) >= 0;

    public bool Boolean(int slot) => Find(slot, 1) is var at and >= 0 && _buffer[at] != 0;

    public byte Byte(int slot) => Find(slot, 1) is var at and >= 0 ? _buffer[at] : (byte)0;

    public short Int16(int slot, short absent = 0) =>
        Find(slot, sizeof(short)) is var at and >= 0 ? BinaryPrimitives.ReadInt16LittleEndian(_buffer[at..]) : absent;

    public int Int32(int slot, int absent = 0) =>
        Find(slot, sizeof(int)) is var at and >= 0 ? BinaryPrimitives.ReadInt32LittleEndian(_buffer[at..]) : absent;

    public long Int64(int slot, long absent = 0) =>
        Find(slot, sizeof(long)) is var at and >= 0 ? BinaryPrimitives.ReadInt64LittleEndian(_buffer[at..]) : absent;

    public FlatTable Table(int slot) => new(_buffer, Forward(_buffer, Require(slot)), ref _budget);

    /// <summary>Table <paramref name="index"/> of a vector of tables.</summary>
    public FlatTable Table(int slot, int index)
    {
        var vector = Find(slot, sizeof(uint));
        var (first, count) = Vector(vector, sizeof(uint));
        return (uint)index < (uint)count
            ? new(_buffer, Forward(_buffer, first + (index * sizeof(uint))), ref _budget)
            : throw new MalformedArrowException("A metadata vector is shorter than it was");
    }

    /// <summary>The elements of a vector in a row, empty when it is absent.</summary>
    public ReadOnlySpan<byte> Elements(int slot, int elementSize)
    {
        var at = Find(slot, sizeof(uint));
        if (at < 0)
        {
            return default;
        }

        var (first, count) = Vector(at, elementSize);
        return _buffer.Slice(first, count * elementSize);
    }

    public int Count(int slot) => Find(slot, sizeof(uint)) is var at and >= 0 ? Vector(at, sizeof(uint)).Count : 0;

    /// <summary>A string, or null when it is absent.</summary>
    public string? Text(int slot)
    {
        var at = Find(slot, sizeof(uint));
        if (at < 0)
        {
            return null;
        }

        var (first, count) = Vector(at, 1);
        Charge(count);
        try
        {
            return s_strict.GetString(_buffer.Slice(first, count));
        }
        catch (DecoderFallbackException fault)
        {
            throw new MalformedArrowException("A name or text in the metadata is not UTF-8", inner: fault);
        }
    }

    /// <summary>Counts memory that is about to be taken against what the size of the metadata justifies.</summary>
    public void Charge(long bytes)
    {
        _budget -= bytes;
        if (_budget < 0)
        {
            throw new LimitExceededException("The metadata refers to more tables and text than eight times its size, as only shared parts can");
        }
    }

    private static ReadOnlySpan<byte> At(ReadOnlySpan<byte> buffer, long start, int length) =>
        start >= 0 && start <= buffer.Length - (long)length
            ? buffer.Slice((int)start, length)
            : throw new MalformedArrowException("The metadata points outside its message");

    private static int Forward(ReadOnlySpan<byte> buffer, int at)
    {
        var target = at + (long)BinaryPrimitives.ReadUInt32LittleEndian(At(buffer, at, sizeof(uint)));
        return target <= buffer.Length - sizeof(int) && target > at
            ? (int)target
            : throw new MalformedArrowException("The metadata points outside its message");
    }

    private (int First, int Count) Vector(int at, int elementSize)
    {
        if (at < 0)
        {
            throw new MalformedArrowException("A vector that the metadata needs is absent");
        }

        var start = Forward(_buffer, at);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(_buffer[start..]);
        var room = (_buffer.Length - start - sizeof(uint)) / elementSize;
        return count <= room
            ? (start + sizeof(uint), (int)count)
            : throw new MalformedArrowException($"A vector of {count} elements does not fit into its metadata");
    }

    private int Require(int slot) => Find(slot, sizeof(uint)) is var at and >= 0
        ? at
        : throw new MalformedArrowException("A table that the metadata needs is absent");

    private int Find(int slot, int width)
    {
        var index = slot - 4;
        if (index > _fields.Length - sizeof(ushort))
        {
            return -1;
        }

        int offset = BinaryPrimitives.ReadUInt16LittleEndian(_fields[index..]);
        if (offset == 0)
        {
            return -1;
        }

        return offset <= _size - width
            ? _start + offset
            : throw new MalformedArrowException("A metadata field lies outside its table");
    }
}
