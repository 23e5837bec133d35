using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using IndicatorCore.Office.Packaging;

namespace IndicatorCore.Office.Workbooks;

/// <summary>Writes the rows of one sheet from top to bottom, then what belongs behind them.</summary>
internal sealed class SheetWriter
{
    private const double LineHeight = 16;
    private const double Padding = 6;
    private const double MostHeight = 409;
    private const int MostText = 32_767;   // characters of a cell
    private readonly OpenXmlWriter _writer;
    private readonly IReadOnlyList<double> _widths;
    private readonly List<(string Cell, string Location)> _links = [];
    private readonly List<string> _merges = [];
    private readonly List<SheetTable> _tables = [];

    /// <summary>Begins a sheet: columns of these widths, the first rows frozen.</summary>
    public SheetWriter(OpenXmlWriter writer, IReadOnlyList<double> widths, int frozenRows)
    {
        _writer = writer;
        _widths = widths;
        writer.WriteStartDocument(standalone: true);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        var view = new SheetView { WorkbookViewId = 0, ShowGridLines = false };
        if (frozenRows > 0)
        {
            view.Append(new Pane
            {
                VerticalSplit = frozenRows,
                TopLeftCell = CellName.Of(0, frozenRows + 1),
                ActivePane = PaneValues.BottomLeft,
                State = PaneStateValues.Frozen,
            });
        }

        writer.WriteElement(new SheetViews(view));
        writer.WriteElement(new SheetFormatProperties { DefaultRowHeight = LineHeight + Padding, CustomHeight = true });
        var columns = new DocumentFormat.OpenXml.Spreadsheet.Columns();
        for (var i = 0; i < widths.Count; i++)
        {
            columns.Append(new Column { Min = (uint)(i + 1), Max = (uint)(i + 1), Width = widths[i], CustomWidth = true });
        }

        writer.WriteElement(columns);
        writer.WriteStartElement(new SheetData());
    }

    /// <summary>The number of the row that comes next, from 1.</summary>
    public int Row { get; private set; } = 1;

    /// <summary>Writes a row of cells from the first column.</summary>
    public void Write(IReadOnlyList<SheetCell> cells, double? height = null)
    {
        var lines = 1;
        var first = 0;
        foreach (var cell in cells)
        {
            lines = Math.Max(lines, OfficeText.Lines(cell.Text, SpanWidth(first, cell.Columns)));
            first += cell.Columns;
        }

        _writer.WriteStartElement(new Row { RowIndex = (uint)Row, Height = height ?? Math.Min(MostHeight, (lines * LineHeight) + Padding), CustomHeight = true });
        var column = 0;
        foreach (var cell in cells)
        {
            Cell(cell, column);
            if (cell.Columns > 1)
            {
                for (var i = 1; i < cell.Columns; i++)
                {
                    _writer.WriteElement(new Cell { CellReference = CellName.Of(column + i, Row), StyleIndex = (uint)cell.Style });
                }

                _merges.Add($"{CellName.Of(column, Row)}:{CellName.Of(column + cell.Columns - 1, Row)}");
            }

            column += cell.Columns;
        }

        _writer.WriteEndElement();
        Row++;
    }

    /// <summary>Leaves a row empty.</summary>
    public void Skip() => Row++;

    /// <summary>Makes the rows from that of the headings to the last one written a table; nothing where there are no rows.</summary>
    public void Table(int headingRow, IReadOnlyList<string> headings)
    {
        if (Row - headingRow > 1)
        {
            _tables.Add(new SheetTable(headingRow, headings, Row - headingRow - 1));
        }
    }

    /// <summary>Ends the sheet: landscape, as wide as the page.</summary>
    public IReadOnlyList<SheetTable> End()
    {
        _writer.WriteEndElement();
        if (_merges.Count > 0)
        {
            _writer.WriteElement(new MergeCells(_merges.Select(static merge => new MergeCell { Reference = merge })) { Count = (uint)_merges.Count });
        }

        if (_links.Count > 0)
        {
            _writer.WriteElement(new Hyperlinks(_links.Select(static link => new Hyperlink { Reference = link.Cell, Location = link.Location, Display = link.Location })));
        }

        _writer.WriteElement(new PageMargins { Left = 0.5, Right = 0.5, Top = 0.5, Bottom = 0.5, Header = 0.3, Footer = 0.3 });
        _writer.WriteElement(new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
        if (_tables.Count > 0)
        {
            _writer.WriteElement(new TableParts(_tables.Select(static (_, i) => new TablePart { Id = $"rId{i + 1}" })) { Count = (uint)_tables.Count });
        }

        _writer.WriteEndElement();
        return _tables;
    }

    private double SpanWidth(int index, int columns)
    {
        var width = 0.0;
        for (var i = index; i < index + columns && i < _widths.Count; i++)
        {
            width += _widths[i];
        }

        return width;
    }

    private void Cell(SheetCell cell, int column)
    {
        var name = CellName.Of(column, Row);
        if (cell.Number is { } number && double.IsFinite(number))
        {
            _writer.WriteElement(new Cell(new CellValue(number.ToString("R", CultureInfo.InvariantCulture))) { CellReference = name, StyleIndex = (uint)cell.Style });
        }
        else if (cell.Text.Length == 0)
        {
            _writer.WriteElement(new Cell { CellReference = name, StyleIndex = (uint)cell.Style });
        }
        else
        {
            var legal = OfficeText.Legal(cell.Text);
            var text = new Text(legal.Length > MostText ? legal[..MostText] : legal) { Space = SpaceProcessingModeValues.Preserve };
            _writer.WriteElement(new Cell(new InlineString(text)) { CellReference = name, DataType = CellValues.InlineString, StyleIndex = (uint)cell.Style });
        }

        if (cell.Link is not null)
        {
            _links.Add((name, cell.Link));
        }
    }
}
