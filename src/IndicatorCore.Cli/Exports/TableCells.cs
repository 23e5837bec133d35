using System.Text;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Adapters.Values;
using IndicatorCore.Columns;

namespace IndicatorCore.Cli.Exports;

/// <summary>Rows as a table, laid out by pages of a thousand so that memory does not grow.</summary>
internal sealed class TableCells(Stream stream, int? width, bool useColor) : ICellWriter
{
    private const int PageRows = 1000;
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
    private readonly CellText _text = new();
    private IReadOnlyList<Field> _fields = [];
    private TextTable? _table;

    public void Start(IReadOnlyList<Field> fields, string input)
    {
        if (_table is not null && fields.Select(static field => field.Name).SequenceEqual(_fields.Select(static field => field.Name)))
        {
            return;
        }

        if (_table is not null)
        {
            Page();
            _writer.Write('\n');
        }

        _fields = fields;
        _table = new TextTable([.. fields.Select(static field => new TextColumn(TextTable.Visible(field.Name), IsNumber(field), CanWrap: !IsNumber(field)))]);
    }

    public void Row(RecordBatch batch, ReadOnlySpan<int> ordinals, int row)
    {
        var cells = new string?[ordinals.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = _text.Of(batch[ordinals[i]], row);
        }

        _table!.Add(cells);
        if (_table.RowCount == PageRows)
        {
            Page();
        }
    }

    public void Dispose()
    {
        Page();
        _writer.Dispose();
    }

    private void Page() => _table?.WritePage(_writer, width, useColor);

    private static bool IsNumber(Field field) =>
        field.Dictionary is null && field.Type.Id is ArrowTypeId.Int or ArrowTypeId.FloatingPoint or ArrowTypeId.Decimal;
}
