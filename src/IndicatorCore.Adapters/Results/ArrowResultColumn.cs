using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;

namespace IndicatorCore.Adapters.Results;

/// <summary>A column of results in Arrow: its type, and what a row has in it.</summary>
internal sealed class ArrowResultColumn
{
    private readonly string _name;
    private readonly ArrowType _type;
    private readonly Action<ColumnBuilder, IndicatorRow> _append;

    private ArrowResultColumn(string name, ArrowType type, Action<ColumnBuilder, IndicatorRow> append) => (_name, _type, _append) = (name, type, append);

    /// <summary>The word of a row where the column is dictionary-encoded; else null.</summary>
    public Func<IndicatorRow, string?>? Word { get; private init; }

    /// <summary>Words, of which many rows have the same.</summary>
    public static ArrowResultColumn Words(string name, Func<IndicatorRow, string?> value) =>
        new(name, ArrowType.Of(ArrowTypeId.Utf8), (column, row) => AppendText(column, value(row))) { Word = value };

    /// <summary>Texts of their own.</summary>
    public static ArrowResultColumn Texts(string name, Func<IndicatorRow, string?> value) =>
        new(name, ArrowType.Of(ArrowTypeId.Utf8), (column, row) => AppendText(column, value(row)));

    /// <summary>Numbers; what is not finite is null.</summary>
    public static ArrowResultColumn Numbers(string name, Func<IndicatorRow, double?> value) => new(name, ArrowType.Float(64), (column, row) =>
    {
        if (value(row) is { } number && double.IsFinite(number))
        {
            column.AppendDouble(number);
        }
        else
        {
            column.AppendNull();
        }
    });

    /// <summary>Counts.</summary>
    public static ArrowResultColumn Counts(string name, Func<IndicatorRow, long?> value) => new(name, ArrowType.Int(64), (column, row) => AppendInteger(column, value(row)));

    /// <summary>Instants in nanoseconds since 1970.</summary>
    public static ArrowResultColumn Instants(string name, Func<IndicatorRow, long?> value) =>
        new(name, ArrowType.Timestamp(TimeUnit.Nanosecond, "UTC"), (column, row) => AppendInteger(column, value(row)));

    /// <summary>The field.</summary>
    /// <param name="ordinal">Which column it is, from 0.</param>
    /// <param name="zone">The reporting zone.</param>
    public Field FieldOf(int ordinal, TimeZoneInfo zone) => new()
    {
        Name = _name,
        Type = _type.Id == ArrowTypeId.Timestamp ? ArrowType.Timestamp(TimeUnit.Nanosecond, zone.Id) : _type,
        Dictionary = Word is null ? null : new DictionaryEncoding(ordinal, ArrowType.Int(32)),
    };

    /// <summary>Appends what a row has.</summary>
    public void Append(ColumnBuilder column, IndicatorRow row) => _append(column, row);

    private static void AppendText(ColumnBuilder column, string? text)
    {
        if (text is null)
        {
            column.AppendNull();
        }
        else
        {
            column.AppendString(text);
        }
    }

    private static void AppendInteger(ColumnBuilder column, long? value)
    {
        if (value is { } number)
        {
            column.AppendInt64(number);
        }
        else
        {
            column.AppendNull();
        }
    }
}
