using System.Buffers;
using IndicatorCore.Columns;
using IndicatorCore.Compression;

namespace IndicatorCore.Ipc;

/// <summary>The values of one dictionary, each once, in the order in which they first came; only ever appended to.</summary>
internal sealed class DictionaryBuilder(long id, ArrowTypeId valueType)
{
    private readonly ArrayBufferWriter<byte> _data = new();
    private readonly VaryingBuilder _message = new(valueType);
    private readonly List<int> _ends = [];
    private int[] _table = new int[64];

    /// <summary>Joins fields and dictionary batches.</summary>
    public long Id { get; } = id;

    /// <summary>The type of the values.</summary>
    public ArrowTypeId ValueType { get; } = valueType;

    /// <summary>How many values there are.</summary>
    public int Count => _ends.Count;

    /// <summary>The number of <paramref name="value"/>, or -1.</summary>
    public int Find(ReadOnlySpan<byte> value) => _table[SlotOf(value)] - 1;

    /// <summary>Appends a value that <see cref="Find"/> does not find; returns its number.</summary>
    public int Append(ReadOnlySpan<byte> value)
    {
        if (_ends.Count >= _table.Length / 2)
        {
            _table = new int[_table.Length * 2];
            for (var i = 0; i < _ends.Count; i++)
            {
                _table[SlotOf(Value(i))] = i + 1;
            }
        }

        _table[SlotOf(value)] = _ends.Count + 1;
        _data.Write(value);
        _ends.Add(_data.WrittenCount);
        return _ends.Count - 1;
    }

    /// <summary>Hands over the values from <paramref name="start"/> on as the one column of a dictionary batch.</summary>
    public void WriteTo(BodyBuilder body, int start)
    {
        _message.Clear();
        for (var i = start; i < Count; i++)
        {
            _message.Append(Value(i));
        }

        body.AddNode(Count - start, 0);
        body.AddEmptyBuffer();
        _message.WriteTo(body);
    }

    private ReadOnlySpan<byte> Value(int number)
    {
        var start = number == 0 ? 0 : _ends[number - 1];
        return _data.WrittenSpan[start.._ends[number]];
    }

    // The slot that holds the value's number + 1, or the empty one where it would go; the table is at most half full.
    private int SlotOf(ReadOnlySpan<byte> value)
    {
        var mask = _table.Length - 1;
        for (var slot = (int)XxHash32.Hash(value) & mask; ; slot = (slot + 1) & mask)
        {
            var entry = _table[slot];
            if (entry == 0 || Value(entry - 1).SequenceEqual(value))
            {
                return slot;
            }
        }
    }
}
