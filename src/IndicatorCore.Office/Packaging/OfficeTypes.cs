namespace IndicatorCore.Office.Packaging;

/// <summary>Content types and relation types of ECMA-376.</summary>
internal static class OfficeTypes
{
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private const string Format = "application/vnd.openxmlformats-officedocument.";

    /// <summary>The relation to the main part.</summary>
    public const string MainRelation = Office + "officeDocument";

    /// <summary>The relation to styles.</summary>
    public const string StylesRelation = Office + "styles";

    /// <summary>The relation to a sheet.</summary>
    public const string SheetRelation = Office + "worksheet";

    /// <summary>The relation to a table.</summary>
    public const string TableRelation = Office + "table";

    /// <summary>A workbook.</summary>
    public const string Workbook = Format + "spreadsheetml.sheet.main+xml";

    /// <summary>A sheet.</summary>
    public const string Sheet = Format + "spreadsheetml.worksheet+xml";

    /// <summary>Styles of a workbook.</summary>
    public const string SheetStyles = Format + "spreadsheetml.styles+xml";

    /// <summary>A table of a sheet.</summary>
    public const string Table = Format + "spreadsheetml.table+xml";

    /// <summary>A text document.</summary>
    public const string Document = Format + "wordprocessingml.document.main+xml";

    /// <summary>Styles of a text document.</summary>
    public const string DocumentStyles = Format + "wordprocessingml.styles+xml";
}
