using System.Runtime.InteropServices;
using IndicatorCore.Ipc;

namespace IndicatorCore.Tests.Ipc;

/// <summary>A FlatBuffers table as a tree, to be bent before it is written. Fields by number: numbers, text, bytes of text, tables, lists
/// of tables, <see cref="FlatLongs"/> and vectors of int. A node that stands in several places is written once.</summary>
internal sealed class FlatNode
{
    private const int Slots = 8;
    private readonly SortedDictionary<int, object> _fields = [];

    public object? this[int field]
    {
        get => _fields.GetValueOrDefault(field);
        set
        {
            if (value is null)
            {
                _fields.Remove(field);
            }
            else
            {
                _fields[field] = value;
            }
        }
    }

    public FlatNode Table(int field) => (FlatNode)_fields[field];

    public FlatLongs Longs(int field) => (FlatLongs)_fields[field];

    public byte[] ToBytes()
    {
        var builder = new FlatBufferBuilder();
        builder.Finish(Write(builder, new Dictionary<object, int>(ReferenceEqualityComparer.Instance)));
        return builder.Written.ToArray();
    }

    public int Write(FlatBufferBuilder builder, Dictionary<object, int> written)
    {
        if (written.TryGetValue(this, out var there))
        {
            return there;
        }

        var positions = new Dictionary<int, int>();
        foreach (var (field, value) in _fields)
        {
            if (Content(builder, value, written) is { } position)
            {
                positions.Add(field, position);
            }
        }

        builder.StartTable(Slots);
        foreach (var (field, value) in _fields)
        {
            switch (value)
            {
                case bool flag:
                    builder.AddByte(field, flag ? (byte)1 : (byte)0, 0xFF);
                    break;
                case byte number:
                    builder.AddByte(field, number, (byte)~number);
                    break;
                case short number:
                    builder.AddInt16(field, number, (short)~number);
                    break;
                case int number:
                    builder.AddInt32(field, number, ~number);
                    break;
                case long number:
                    builder.AddInt64(field, number);
                    break;
                default:
                    builder.AddOffset(field, positions[field]);
                    break;
            }
        }

        return written[this] = builder.EndTable();
    }

    private static int? Content(FlatBufferBuilder builder, object value, Dictionary<object, int> written)
    {
        switch (value)
        {
            case string text:
                return builder.CreateString(text);
            case byte[] text:
                return builder.CreateVector(text, text.Length);
            case FlatNode table:
                return table.Write(builder, written);
            case FlatLongs longs:
                return builder.CreateVector(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(longs)), longs.Count / longs.Width);
            case int[] numbers:
                return builder.CreateVector(MemoryMarshal.AsBytes(numbers.AsSpan()), numbers.Length);
            case List<FlatNode> tables:
                return written.TryGetValue(tables, out var there)
                    ? there
                    : written[tables] = builder.CreateOffsets(tables.ConvertAll(table => table.Write(builder, written)).ToArray());
            default:
                return null;
        }
    }
}
