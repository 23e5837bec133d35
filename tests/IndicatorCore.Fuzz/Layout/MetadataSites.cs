using System.Buffers.Binary;

namespace IndicatorCore.Fuzz.Layout;

/// <summary>Finds every number of a FlatBuffers message of Arrow: offsets, vtables, vector lengths and scalars. The message must be good.</summary>
/// <remarks>Shapes after Message.fbs, Schema.fbs and File.fbs: one letter or name a field. Types of the Type union are taken as scalars.</remarks>
internal sealed class MetadataSites(byte[] bytes, List<Site> into)
{
    private static readonly Dictionary<string, string[]> s_shapes = new(StringComparer.Ordinal)
    {
        ["Message"] = ["2", "1", "*", "8", "[KeyValue]"],
        ["Footer"] = ["2", "Schema", "[24", "[24", "[KeyValue]"],
        ["Schema"] = ["2", "[Field]", "[KeyValue]", "[8"],
        ["Field"] = ["text", "1", "1", "Type", "DictionaryEncoding", "[Field]", "[KeyValue]"],
        ["DictionaryEncoding"] = ["8", "Type", "1", "2"],
        ["DictionaryBatch"] = ["8", "RecordBatch", "1"],
        ["RecordBatch"] = ["8", "[16", "[16", "Compression", "[8"],
        ["Compression"] = ["1", "1"],
        ["KeyValue"] = ["text", "text"],
        ["Type"] = ["4", "4", "4"],
    };

    private readonly HashSet<int> _seen = [];
    private int _start;

    /// <summary>Adds the sites of one message or footer.</summary>
    public void Add(int start, string root)
    {
        _start = start;
        into.Add(new Site(start, 4, "root offset"));
        Table(start + Int32(start), root);
    }

    private void Table(int at, string shape)
    {
        if (!_seen.Add(at))
        {
            return;
        }

        into.Add(new Site(at, 4, $"{shape} vtable offset"));
        var vtable = at - Int32(at);
        var fields = (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(vtable)) - 4) / 2;
        into.Add(new Site(vtable, 2, $"{shape} vtable length"));
        into.Add(new Site(vtable + 2, 2, $"{shape} table length"));
        var kinds = s_shapes[shape];
        for (var i = 0; i < fields; i++)
        {
            into.Add(new Site(vtable + 4 + (2 * i), 2, $"{shape} vtable entry {i}"));
            var offset = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(vtable + 4 + (2 * i)));
            if (offset != 0 && i < kinds.Length)
            {
                Field(at, at + offset, kinds[i], $"{shape} field {i}", vtable);
            }
        }
    }

    private void Field(int table, int at, string kind, string name, int vtable)
    {
        if (char.IsAsciiDigit(kind[0]))
        {
            var width = Math.Min(kind[0] - '0', bytes.Length - at);
            into.Add(new Site(at, width is 1 or 2 or 4 or 8 ? width : 1, name));
            return;
        }

        into.Add(new Site(at, 4, $"{name} offset"));
        var target = at + Int32(at);
        if (kind == "*")
        {
            // the header's type is the field before it
            var type = bytes[table + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(vtable + 6))];
            Table(target, type switch { 1 => "Schema", 2 => "DictionaryBatch", _ => "RecordBatch" });
        }
        else if (kind == "text")
        {
            into.Add(new Site(target, 4, $"{name} length"));
        }
        else if (kind[0] == '[')
        {
            Vector(target, kind[1..], name);
        }
        else
        {
            Table(target, kind);
        }
    }

    private void Vector(int at, string element, string name)
    {
        into.Add(new Site(at, 4, $"{name} count"));
        var count = Int32(at);
        if (!char.IsAsciiDigit(element[0]))
        {
            for (var i = 0; i < count; i++)
            {
                var item = at + 4 + (4 * i);
                into.Add(new Site(item, 4, $"{name}[{i}] offset"));
                Table(item + Int32(item), element.TrimEnd(']'));
            }

            return;
        }

        var size = int.Parse(element);
        for (var i = 0; i < count * size / 8; i++)
        {
            into.Add(new Site(at + 4 + (8 * i), 8, $"{name} number {i}"));
        }
    }

    private int Int32(int at) => at >= _start
        ? BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at))
        : throw new InvalidOperationException("A shape leads out of its message.");
}
