using IndicatorCore.Adapters.Csv;
using IndicatorCore.Columns;
using IndicatorCore.Sources;

namespace IndicatorCore.Tests.Adapters.Csv;

/// <summary>CSV files as the importer decodes them: the schema it writes and each row's values as text.</summary>
internal sealed class Imported
{
    private Imported(Schema schema, IReadOnlyList<IReadOnlyDictionary<string, string?>> rows)
    {
        Schema = schema;
        Rows = rows;
    }

    public Schema Schema { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Rows { get; }

    public SourceSettings Effective => SourceProfile.Parse(Schema.Meta("indicatorcore.source")!, "metadata").For("any");

    public IReadOnlyDictionary<string, int> Quarantined => Rows
        .Where(static row => row[QuarantineReason.Column] is not null)
        .GroupBy(static row => row[QuarantineReason.Column]!)
        .ToDictionary(static group => group.Key, static group => group.Count());

    public static Imported Of(SourceProfile profile, params string[] paths)
    {
        var inputs = paths.Select(path => new CsvInput(path, profile.For(path))).ToArray();
        var table = new ImportTable(CsvBinding.TableOf(inputs[0]), new CsvImportOptions());
        table.Inputs.AddRange(inputs);
        table.Bind(profile.Name);
        var decoded = new List<(string? Reason, Cell[] Cells)>();
        for (var i = 0; i < inputs.Length; i++)
        {
            using var rows = inputs[i].Open();
            while (rows.Read())
            {
                var cells = table.NewRow();
                decoded.Add((table.Observe(i, rows, cells), cells));
            }
        }

        var schema = table.ToSchema();
        return new Imported(schema, [.. decoded.Select(row => Texts(schema, row.Reason, row.Cells))]);
    }

    private static Dictionary<string, string?> Texts(Schema schema, string? reason, Cell[] cells)
    {
        var texts = new Dictionary<string, string?> { [QuarantineReason.Column] = reason };
        for (var i = 0; i < cells.Length; i++)
        {
            var field = schema.Fields[i];
            texts[field.Name] = cells[i] switch
            {
                { IsNull: true } => null,
                { Text: { } text } => text,
                { Number: var number } when field.Type.Id == ArrowTypeId.Timestamp => Instant((long)number.Mantissa),
                { Number: var number } when field.Type.Id == ArrowTypeId.Bool => number.Mantissa != 0 ? "true" : "false",
                { Number: var number } => number.ToString(),
            };
        }

        return texts;
    }

    private static string Instant(long nanoseconds) =>
        DateTime.UnixEpoch.AddTicks(nanoseconds / 100).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'");
}
