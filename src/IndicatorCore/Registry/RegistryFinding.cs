namespace IndicatorCore.Registry;

/// <summary>One gap or contradiction of a registry.</summary>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="Table">The table, such as <c>devices</c>.</param>
/// <param name="Row">The zero-based row of the table in <see cref="IndicatorRegistry"/>; null where it is about the whole table.</param>
/// <param name="Column">The column, such as <c>line</c> (of additional columns the heading), or null where it is about the row.</param>
/// <param name="Key">The device, line, factory or zone that it is about.</param>
/// <param name="Problem">The finding in one sentence.</param>
/// <param name="Advice">What to do.</param>
public sealed record RegistryFinding(
    FindingSeverity Severity, FindingKind Kind, string Table, int? Row, string? Column, string Key, string Problem, string Advice);
