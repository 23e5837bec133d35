using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>Reads the Schema table of Schema.fbs and checks that every type is one whose layout is known.</summary>
internal sealed class SchemaParser(IpcReaderOptions options)
{
    private readonly Dictionary<long, Field> _dictionaries = [];
    private readonly Stack<string> _path = [];
    private long _fields;

    /// <summary>The value field of every dictionary id of the schema (without its encoding).</summary>
    public IReadOnlyDictionary<long, Field> Dictionaries => _dictionaries;

    public Schema Parse(in FlatTable schema)
    {
        var endianness = schema.Int16(4);
        if (endianness != 0)
        {
            throw endianness == 1
                ? new UnsupportedArrowException("Big-endian data is not read", advice: "Write it on, or convert it for, a little-endian machine.")
                : new MalformedArrowException($"The schema has the unknown endianness {endianness}");
        }

        var count = schema.Count(6);
        CountFields(count);
        var fields = new Field[count];
        for (var i = 0; i < count; i++)
        {
            fields[i] = ParseField(schema.Table(6, i), 1);
        }

        return new Schema { Fields = fields, Metadata = ParseMetadata(schema, 8) };
    }

    /// <summary>A vector of key-value tables in a slot; empty when it is absent.</summary>
    public static KeyValuePair<string, string>[] ParseMetadata(in FlatTable table, int slot)
    {
        var count = table.Count(slot);
        // an entry of its own takes at least eight bytes of the metadata, a shared one four
        table.Charge(count * 32L);
        var entries = count == 0 ? [] : new KeyValuePair<string, string>[count];
        for (var i = 0; i < count; i++)
        {
            var entry = table.Table(slot, i);
            entries[i] = new(entry.Text(4) ?? string.Empty, entry.Text(6) ?? string.Empty);
        }

        return entries;
    }

    private static bool SameType(Field left, Field right)
    {
        var (a, b) = (left.Type, right.Type);
        if (a with { UnionTypeIds = null } != b with { UnionTypeIds = null }
            || left.Children.Count != right.Children.Count
            || !(a.UnionTypeIds ?? []).SequenceEqual(b.UnionTypeIds ?? []))
        {
            return false;
        }

        for (var i = 0; i < left.Children.Count; i++)
        {
            if (left.Children[i].Dictionary?.Id != right.Children[i].Dictionary?.Id || !SameType(left.Children[i], right.Children[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void CountFields(int count)
    {
        _fields += count;
        if (_fields > options.MaxColumns)
        {
            throw ReaderLimit.Exceeded($"The schema has {_fields} fields", options.MaxColumns, nameof(options.MaxColumns));
        }
    }

    private Field ParseField(in FlatTable table, int depth)
    {
        var name = table.Text(4) ?? string.Empty;
        _path.Push(name);
        try
        {
            var children = ParseChildren(table, depth);
            var field = new Field
            {
                Name = name,
                IsNullable = table.Boolean(6),
                Type = TypeParser.Parse(table, children),
                Children = children,
                Metadata = ParseMetadata(table, 16),
            };
            field = table.Has(12) ? Encoded(field, table.Table(12)) : field;
            _path.Pop();
            return field;
        }
        catch (IndicatorDataException fault) when (fault.Location.Column is null)
        {
            fault.At(new DataLocation(Column: string.Join('.', _path.Reverse())));
            throw;
        }
    }

    private Field[] ParseChildren(in FlatTable table, int depth)
    {
        var count = table.Count(14);
        if (count > 0 && depth >= options.MaxNestingDepth)
        {
            throw ReaderLimit.Exceeded($"The schema nests {depth + 1} levels deep or deeper", options.MaxNestingDepth, nameof(options.MaxNestingDepth));
        }

        CountFields(count);
        var children = count == 0 ? [] : new Field[count];
        for (var i = 0; i < count; i++)
        {
            children[i] = ParseField(table.Table(14, i), depth + 1);
        }

        return children;
    }

    private Field Encoded(Field values, in FlatTable encoding)
    {
        var id = encoding.Int64(4);
        if (encoding.Int16(10) != 0)
        {
            throw new UnsupportedArrowException("A dictionary kind other than dense arrays is not read");
        }

        var index = encoding.Has(6) ? TypeParser.ParseInt(encoding.Table(6)) : ArrowType.Int(32);
        if (_dictionaries.TryGetValue(id, out var known))
        {
            if (!SameType(known, values))
            {
                throw new MalformedArrowException($"Dictionary {id} has two types of values, {known.Type} and {values.Type}");
            }
        }
        else
        {
            _dictionaries.Add(id, values);
        }

        return values with { Dictionary = new DictionaryEncoding(id, index, encoding.Boolean(8)) };
    }
}
