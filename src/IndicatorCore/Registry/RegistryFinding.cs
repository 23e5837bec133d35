namespace IndicatorCore.Registry;

/// <summary>One gap or contradiction of a registry.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Table">The table, such as <c>devices</c>.</param>
/// <param name="Key">The device, line, factory or zone that it is about.</param>
/// <param name="Problem">The finding in one sentence.</param>
public sealed record RegistryFinding(FindingKind Kind, string Table, string Key, string Problem);
