using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace IndicatorCore.Ipc;

/// <summary>Builds one FlatBuffer from its end to its start, so that every offset points to what is already written.</summary>
/// <remarks>
/// Source: "FlatBuffer Internals" of flatbuffers.dev. Positions handed out count from the end of the buffer and stay good while it grows.
/// The finished length is a multiple of eight. <see cref="Reset"/> keeps the memory.
/// </remarks>
internal sealed class FlatBufferBuilder
{
    private const int Alignment = 8;
    private readonly int[] _slots = new int[16];
    private byte[] _bytes = new byte[1024];
    private int _used;
    private int _slotCount;
    private int _tableEnd;

    /// <summary>The finished buffer.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(_bytes.Length - _used);

    /// <summary>Forgets what was built.</summary>
    public void Reset() => _used = 0;

    /// <summary>Starts a table of <paramref name="slotCount"/> fields; strings, vectors and other tables must be complete before.</summary>
    public void StartTable(int slotCount)
    {
        _slots.AsSpan(0, slotCount).Clear();
        _slotCount = slotCount;
        _tableEnd = _used;
    }

    /// <summary>Sets a byte field, unless it has its default.</summary>
    public void AddByte(int slot, byte value, byte defaultValue = 0)
    {
        if (value != defaultValue)
        {
            Push(sizeof(byte))[0] = value;
            _slots[slot] = _used;
        }
    }

    /// <summary>Sets a boolean field, unless it is false.</summary>
    public void AddBool(int slot, bool value) => AddByte(slot, value ? (byte)1 : (byte)0);

    /// <summary>Sets a 16-bit field, unless it has its default.</summary>
    public void AddInt16(int slot, short value, short defaultValue = 0)
    {
        if (value != defaultValue)
        {
            BinaryPrimitives.WriteInt16LittleEndian(Push(sizeof(short)), value);
            _slots[slot] = _used;
        }
    }

    /// <summary>Sets a 32-bit field, unless it has its default.</summary>
    public void AddInt32(int slot, int value, int defaultValue = 0)
    {
        if (value != defaultValue)
        {
            BinaryPrimitives.WriteInt32LittleEndian(Push(sizeof(int)), value);
            _slots[slot] = _used;
        }
    }

    /// <summary>Sets a 64-bit field, unless it is zero.</summary>
    public void AddInt64(int slot, long value)
    {
        if (value != 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(Push(sizeof(long)), value);
            _slots[slot] = _used;
        }
    }

    /// <summary>Lets a field point to something built before; 0 leaves it absent.</summary>
    public void AddOffset(int slot, int position)
    {
        if (position != 0)
        {
            PushOffset(position);
            _slots[slot] = _used;
        }
    }

    /// <summary>Ends the table; returns its position.</summary>
    public int EndTable()
    {
        // The table starts with the distance to its vtable, which is put right in front of it.
        Push(sizeof(int));
        var table = _used;
        for (var slot = _slotCount - 1; slot >= 0; slot--)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Push(sizeof(ushort)), (ushort)(_slots[slot] == 0 ? 0 : table - _slots[slot]));
        }

        BinaryPrimitives.WriteUInt16LittleEndian(Push(sizeof(ushort)), (ushort)(table - _tableEnd));
        BinaryPrimitives.WriteUInt16LittleEndian(Push(sizeof(ushort)), (ushort)((_slotCount + 2) * sizeof(ushort)));
        BinaryPrimitives.WriteInt32LittleEndian(At(table), _used - table);
        return table;
    }

    /// <summary>Builds a string; returns its position.</summary>
    public int CreateString(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Prepare(sizeof(int), count + 1);
        Push(sizeof(byte))[0] = 0;
        Encoding.UTF8.GetBytes(text, Grow(count));
        BinaryPrimitives.WriteInt32LittleEndian(Push(sizeof(int)), count);
        return _used;
    }

    /// <summary>Builds a vector of tables or strings; returns its position.</summary>
    public int CreateOffsets(ReadOnlySpan<int> positions)
    {
        Prepare(sizeof(int), positions.Length * sizeof(int));
        for (var i = positions.Length - 1; i >= 0; i--)
        {
            PushOffset(positions[i]);
        }

        BinaryPrimitives.WriteInt32LittleEndian(Push(sizeof(int)), positions.Length);
        return _used;
    }

    /// <summary>Builds a vector of <paramref name="count"/> 64-bit scalars or structs of eight-byte alignment from their bytes.</summary>
    public int CreateVector(ReadOnlySpan<byte> elements, int count)
    {
        Prepare(sizeof(int), elements.Length);
        Prepare(Alignment, elements.Length);
        elements.CopyTo(Grow(elements.Length));
        BinaryPrimitives.WriteInt32LittleEndian(Push(sizeof(int)), count);
        return _used;
    }

    /// <summary>Ends the buffer with the offset of its root table.</summary>
    public void Finish(int root)
    {
        Prepare(Alignment, sizeof(int));
        PushOffset(root);
    }

    private Span<byte> At(int position) => _bytes.AsSpan(_bytes.Length - position);

    private void PushOffset(int position)
    {
        var slot = Push(sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(slot, _used - position);
    }

    private Span<byte> Push(int size)
    {
        Prepare(size, 0);
        return Grow(size)[..size];
    }

    // Pads so that, after `following` bytes more, an item of `size` bytes is aligned.
    private void Prepare(int size, int following)
    {
        var padding = -(_used + following) & (size - 1);
        Grow(padding)[..padding].Clear();
    }

    private Span<byte> Grow(int count)
    {
        if (_bytes.Length - _used < count)
        {
            var larger = new byte[(int)BitOperations.RoundUpToPowerOf2((uint)(_used + count))];
            Written.CopyTo(larger.AsSpan(larger.Length - _used));
            _bytes = larger;
        }

        _used += count;
        return At(_used);
    }
}
