using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using IndicatorCore.Office.Packaging;

namespace IndicatorCore.Office.Workbooks;

/// <summary>Writes a workbook sheet by sheet.</summary>
internal sealed class WorkbookWriter : IDisposable
{
    private const string Main = "xl/workbook.xml";
    private const int MostTitleRows = 2;
    private readonly OfficePackage _package;
    private readonly List<string> _sheets = [];
    private readonly HashSet<string> _names = [];
    private readonly List<DefinedName> _titles = [];
    private int _tables;

    /// <summary>Begins a workbook on a stream that stays open.</summary>
    public WorkbookWriter(Stream output)
    {
        _package = new OfficePackage(output);
        _package.Relate(string.Empty, "rId1", OfficeTypes.MainRelation, Main);
        _package.Part("xl/styles.xml", OfficeTypes.SheetStyles, WorkbookStyles.Sheet());
        _package.Relate(Main, "rIdStyles", OfficeTypes.StylesRelation, "styles.xml");
    }

    /// <summary>A name for a sheet that is not taken yet; <see cref="Sheet"/> uses it.</summary>
    public string Reserve(string text) => CellName.Sheet(text, _names);

    /// <summary>Writes a sheet under a reserved name; what <paramref name="write"/> returns are its tables.</summary>
    public void Sheet(string name, Func<OpenXmlWriter, IReadOnlyList<SheetTable>> write)
    {
        _sheets.Add(name);
        var path = $"xl/worksheets/sheet{_sheets.Count}.xml";
        IReadOnlyList<SheetTable> tables = [];
        var first = _tables;
        _package.Part(path, OfficeTypes.Sheet, stream =>
        {
            using var writer = OpenXmlWriter.Create(stream);
            tables = write(writer);
        });
        _package.Relate(Main, $"rId{_sheets.Count}", OfficeTypes.SheetRelation, $"worksheets/sheet{_sheets.Count}.xml");
        if (tables is [{ Row: <= MostTitleRows } only])
        {
            // a sheet that is one table has its headings on every page
            _titles.Add(new DefinedName($"'{name.Replace("'", "''", StringComparison.Ordinal)}'!$1:${only.Row}")
            {
                Name = "_xlnm.Print_Titles",
                LocalSheetId = (uint)(_sheets.Count - 1),
            });
        }

        for (var i = 0; i < tables.Count; i++)
        {
            _tables++;
            _package.Part($"xl/tables/table{_tables}.xml", OfficeTypes.Table, tables[i].ToPart((uint)_tables));
            _package.Relate(path, $"rId{i + 1}", OfficeTypes.TableRelation, $"../tables/table{first + i + 1}.xml");
        }
    }

    /// <summary>Writes the workbook itself.</summary>
    public void Dispose()
    {
        var sheets = new Sheets();
        for (var i = 0; i < _sheets.Count; i++)
        {
            sheets.Append(new Sheet { Name = _sheets[i], SheetId = (uint)(i + 1), Id = $"rId{i + 1}" });
        }

        _package.Part(Main, OfficeTypes.Workbook, _titles.Count == 0 ? new Workbook(sheets) : new Workbook(sheets, new DefinedNames(_titles)));
        _package.Dispose();
    }
}
