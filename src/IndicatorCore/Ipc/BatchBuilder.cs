using IndicatorCore.Columns;

namespace IndicatorCore.Ipc;

/// <summary>A record batch in the making: one <see cref="ColumnBuilder"/> a field.</summary>
/// <remarks>
/// Null, Bool, Int, FloatingPoint, Utf8, LargeUtf8, Utf8View, Binary, LargeBinary, BinaryView, FixedSizeBinary, Date, Time, Timestamp,
/// Duration, Decimal up to 128 bits, and dictionaries of the three UTF-8 types can be written. Dictionary values outlive
/// <see cref="Clear"/>; a batch holds less than 2 GiB a buffer.
/// </remarks>
public sealed class BatchBuilder
{
    private readonly ColumnBuilder[] _columns;
    private readonly List<DictionaryBuilder> _dictionaries = [];

    /// <summary>Starts an empty batch of <paramref name="schema"/>.</summary>
    /// <exception cref="ArgumentException">A field's type, or its parameters, cannot be written; fields that share a dictionary id
    /// differ in their value type.</exception>
    public BatchBuilder(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Schema = schema;
        _columns = new ColumnBuilder[schema.Fields.Count];
        for (var i = 0; i < _columns.Length; i++)
        {
            var field = schema.Fields[i];
            WritableType.Check(field);
            _columns[i] = new ColumnBuilder(field, DictionaryOf(field));
        }
    }

    /// <summary>The schema of the batch.</summary>
    public Schema Schema { get; }

    /// <summary>How many rows are complete: the length of the shortest column.</summary>
    public int RowCount
    {
        get
        {
            var count = _columns.Length == 0 ? 0 : int.MaxValue;
            foreach (var column in _columns)
            {
                count = Math.Min(count, column.Length);
            }

            return count;
        }
    }

    internal ReadOnlySpan<ColumnBuilder> Columns => _columns;

    internal List<DictionaryBuilder> Dictionaries => _dictionaries;

    /// <summary>The builder of the field with this zero-based position.</summary>
    public ColumnBuilder this[int ordinal] => _columns[ordinal];

    /// <summary>Forgets the rows, keeps the memory and the dictionary values.</summary>
    public void Clear()
    {
        foreach (var column in _columns)
        {
            column.Clear();
        }
    }

    private DictionaryBuilder? DictionaryOf(Field field)
    {
        if (field.Dictionary is not { } encoding)
        {
            return null;
        }

        foreach (var known in _dictionaries)
        {
            if (known.Id == encoding.Id)
            {
                return known.ValueType == field.Type.Id
                    ? known
                    : throw new ArgumentException($"Field '{field.Name}' shares dictionary {encoding.Id} with a field of another value type.");
            }
        }

        var dictionary = new DictionaryBuilder(encoding.Id, field.Type.Id);
        _dictionaries.Add(dictionary);
        return dictionary;
    }
}
