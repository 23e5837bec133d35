namespace IndicatorCore.Office.Workbooks;

/// <summary>A sheet that was read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">Its rows that hold anything, in order.</param>
public sealed record WorkbookSheet(string Name, IReadOnlyList<WorkbookRow> Rows);
