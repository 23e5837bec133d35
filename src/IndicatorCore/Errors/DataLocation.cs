using System.Text;

namespace IndicatorCore.Errors;

/// <summary>Where in the data a fault lies; every part is optional and null where it is not known.</summary>
/// <param name="File">The path or name of the input.</param>
/// <param name="Table">The table, such as <c>radio</c>.</param>
/// <param name="Column">The column (field path for nested ones).</param>
/// <param name="Batch">The zero-based ordinal of the record batch in its input.</param>
/// <param name="Row">The zero-based row within the batch, or the one-based line of a text file.</param>
/// <param name="Offset">The byte offset from the start of the input.</param>
public readonly record struct DataLocation(
    string? File = null,
    string? Table = null,
    string? Column = null,
    long? Batch = null,
    long? Row = null,
    long? Offset = null)
{
    /// <summary>Fills the parts that are unknown here from <paramref name="outer"/>.</summary>
    public DataLocation Within(in DataLocation outer) => new(
        File ?? outer.File,
        Table ?? outer.Table,
        Column ?? outer.Column,
        Batch ?? outer.Batch,
        Row ?? outer.Row,
        Offset ?? outer.Offset);

    /// <summary>The known parts in a fixed order, such as <c>a.arrow, table radio, column rsrp_dbm, batch 3, offset 120</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Part(text, string.Empty, File);
        Part(text, "table ", Table);
        Part(text, "column ", Column);
        Part(text, "batch ", Batch);
        Part(text, "row ", Row);
        Part(text, "offset ", Offset);
        return text.ToString();
    }

    private static void Part<T>(StringBuilder text, string label, T? value)
    {
        if (value is null)
        {
            return;
        }

        if (text.Length > 0)
        {
            text.Append(", ");
        }

        text.Append(label).Append(value);
    }
}
