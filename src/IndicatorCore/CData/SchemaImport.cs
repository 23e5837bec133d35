using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.CData;

/// <summary>Reads an <see cref="ArrowSchema"/> and checks that every type is one whose layout is known. One use.</summary>
internal sealed unsafe class SchemaImport(CImportOptions options)
{
    private readonly List<Field> _dictionaries = [];
    private readonly Stack<string> _path = [];
    private long _metadataBudget = options.MaxMetadataBytes;
    private int _fields;

    /// <summary>The value field of every dictionary id of the schema (without its encoding).</summary>
    public IReadOnlyList<Field> Dictionaries => _dictionaries;

    /// <summary>The field of a schema that its caller releases.</summary>
    public Field Parse(ArrowSchema* schema)
    {
        try
        {
            return ParseField(schema, 0);
        }
        catch (IndicatorDataException fault)
        {
            fault.At(new DataLocation(options.Name));
            throw;
        }
    }

    private static ArrowSchema* Child(ArrowSchema* schema, long index)
    {
        var child = schema->Children is null ? null : schema->Children[index];
        return child is not null && child->Release is not null
            ? child
            : throw new MalformedArrowException($"Child {index} of a field is missing or was released");
    }

    private Field ParseField(ArrowSchema* schema, int depth)
    {
        // the top level is the record of the columns, and no column itself
        if (depth > options.MaxNestingDepth)
        {
            throw new LimitExceededException($"The schema nests deeper than {options.MaxNestingDepth} levels");
        }

        var name = CText.Strict(CText.Bytes(schema->Name));
        if (depth > 0)
        {
            _path.Push(name);
        }

        try
        {
            var field = ParseHere(schema, name, depth);
            _path.TryPop(out _);
            return field;
        }
        catch (IndicatorDataException fault) when (fault.Location.Column is null && _path.Count > 0)
        {
            fault.At(new DataLocation(Column: string.Join('.', _path.Reverse())));
            throw;
        }
    }

    private Field ParseHere(ArrowSchema* schema, string name, int depth)
    {
        if (schema->Format is null)
        {
            throw new MalformedArrowException("A field has no format");
        }

        var type = FormatParser.Parse(CText.Bytes(schema->Format), (schema->Flags & ArrowSchema.MapKeysSorted) != 0);
        var children = ParseChildren(schema, depth);
        NestedTypes.Check(type, children);
        var field = new Field
        {
            Name = name,
            Type = type,
            IsNullable = (schema->Flags & ArrowSchema.Nullable) != 0,
            Children = children,
            Metadata = SchemaMetadata.Read(schema->Metadata, ref _metadataBudget),
        };
        return schema->Dictionary is null ? field : Encoded(field, schema, depth);
    }

    private Field[] ParseChildren(ArrowSchema* schema, int depth)
    {
        var count = schema->ChildCount;
        if (count < 0)
        {
            throw new MalformedArrowException($"A field has {count} children");
        }

        if (count > options.MaxColumns - _fields)
        {
            throw new LimitExceededException($"The schema has more than {options.MaxColumns} fields");
        }

        _fields += (int)count;
        var children = count == 0 ? [] : new Field[count];
        for (var i = 0; i < children.Length; i++)
        {
            children[i] = ParseField(Child(schema, i), depth + 1);
        }

        return children;
    }

    private Field Encoded(Field indices, ArrowSchema* schema, int depth)
    {
        if (indices.Type.Id != ArrowTypeId.Int)
        {
            throw new MalformedArrowException($"The indices of a dictionary are of type {indices.Type}");
        }

        if (schema->Dictionary->Release is null)
        {
            throw new MalformedArrowException("The type of a dictionary was released");
        }

        if (schema->Dictionary->Dictionary is not null)
        {
            throw new UnsupportedArrowException("A dictionary whose values are dictionary-encoded themselves is not read");
        }

        var values = ParseField(schema->Dictionary, depth + 1);
        var id = _dictionaries.Count;
        values = indices with { Type = values.Type, Children = values.Children };
        _dictionaries.Add(values);
        return values with { Dictionary = new DictionaryEncoding(id, indices.Type, (schema->Flags & ArrowSchema.DictionaryOrdered) != 0) };
    }
}
