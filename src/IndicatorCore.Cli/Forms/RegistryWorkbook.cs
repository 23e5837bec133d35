using IndicatorCore.Adapters.Registry;
using IndicatorCore.Office.Workbooks;

namespace IndicatorCore.Cli.Forms;

/// <summary>Registries, or tables of them, in .xlsx. A class of its own, so that only who has one loads the Office files' libraries.</summary>
internal static class RegistryWorkbook
{
    /// <summary>Whether a path is one workbook instead of a directory.</summary>
    public static bool Is(string path) => path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);

    /// <summary>The sheets of a workbook.</summary>
    public static IReadOnlyList<RegistrySheet> Sheets(string path) =>
        [.. WorkbookReader.Read(path).Select(static sheet => new RegistrySheet(sheet.Name, [.. sheet.Rows.Select(static row => (row.Number, row.Cells))]))];
}
