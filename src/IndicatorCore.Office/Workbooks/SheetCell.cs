namespace IndicatorCore.Office.Workbooks;

/// <summary>A cell to write.</summary>
/// <param name="Text">Its text; also what decides the row's height.</param>
/// <param name="Style">Its style.</param>
/// <param name="Number">Its number, which goes before the text.</param>
/// <param name="Link">The place in the workbook that it leads to, or null.</param>
/// <param name="Columns">How many columns it spans.</param>
internal sealed record SheetCell(string Text, CellStyle Style = CellStyle.Text, double? Number = null, string? Link = null, int Columns = 1);
