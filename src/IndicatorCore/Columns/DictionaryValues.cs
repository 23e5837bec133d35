namespace IndicatorCore.Columns;

/// <summary>The values of a dictionary as one batch sees them: an immutable snapshot, shared by all batches between which it did not change.</summary>
/// <remarks>Two references being equal means equal content; unequal references say nothing. Values may repeat, may be null, and need not be used.</remarks>
public sealed class DictionaryValues
{
    private readonly ColumnData _values;

    internal DictionaryValues(long id, ColumnData values)
    {
        Id = id;
        _values = values;
    }

    /// <summary>The dictionary's id in its input.</summary>
    public long Id { get; }

    /// <summary>How many values there are; indices are below it.</summary>
    public int Count => _values.Length;

    /// <summary>How many of the values are null.</summary>
    public int NullCount => _values.NullCount;

    /// <summary>The values' column tree.</summary>
    internal ColumnData Data => _values;

    /// <summary>Whether value <paramref name="index"/> is null; a row that points to it is null too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside 0 to <see cref="Count"/> - 1.</exception>
    public bool IsNull(int index) => !AsColumn().IsValid(index);

    /// <summary>The bytes of value <paramref name="index"/> of a string, binary or fixed-width dictionary; empty when it is null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside 0 to <see cref="Count"/> - 1.</exception>
    /// <exception cref="InvalidOperationException">The values are bits or nested.</exception>
    public ReadOnlySpan<byte> Bytes(int index)
    {
        var column = AsColumn();
        return column.IsValid(index) ? column.Bytes(index) : default;
    }

    /// <summary>The values as a column of the value type; it stays valid as long as this object lives.</summary>
    public Column AsColumn() => new(_values);
}
