using IndicatorCore.Errors;
using IndicatorCore.Registry;

namespace IndicatorCore.Adapters.Registry;

/// <summary>A finding in a registry with the place where it stands.</summary>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="Table">The table, such as <c>devices</c>.</param>
/// <param name="Location">File (of a workbook with the sheet as table), column by its heading, and row: the line of a text file or sheet from 1, of Arrow the row of the batch from 0.</param>
/// <param name="Cell">The cell of a sheet, such as <c>D12</c>, or null.</param>
/// <param name="Key">The device, line, factory or zone that it is about.</param>
/// <param name="Problem">The finding in one sentence.</param>
/// <param name="Advice">What to do.</param>
public sealed record RegistryIssue(
    FindingSeverity Severity, FindingKind Kind, string Table, DataLocation Location, string? Cell, string Key, string Problem, string Advice);
