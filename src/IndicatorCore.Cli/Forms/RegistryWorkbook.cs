using IndicatorCore.Adapters.Registry;
using IndicatorCore.Office.Workbooks;
using IndicatorCore.Registry;

namespace IndicatorCore.Cli.Forms;

/// <summary>A registry in one .xlsx, a sheet a table.</summary>
internal static class RegistryWorkbook
{
    /// <summary>Reads it.</summary>
    public static IndicatorRegistry Read(string path) => RegistryReader.Read(
        [.. WorkbookReader.Read(path).Select(static sheet => new RegistrySheet(sheet.Name, [.. sheet.Rows.Select(static row => (row.Number, row.Cells))]))], path);
}
