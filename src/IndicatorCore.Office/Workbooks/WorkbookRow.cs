namespace IndicatorCore.Office.Workbooks;

/// <summary>A row of a sheet that was read.</summary>
/// <param name="Number">Its number in the sheet, from 1.</param>
/// <param name="Cells">Its cells from column A, as text; empty where nothing stands.</param>
public sealed record WorkbookRow(int Number, IReadOnlyList<string> Cells);
