namespace IndicatorCore.Adapters.PmXml;

/// <summary>What one object measured in one period.</summary>
/// <param name="Name">The object's distinguished name, the managed element's in front.</param>
/// <param name="Start">The period's beginning, UTC nanoseconds since 1970.</param>
/// <param name="End">Its end.</param>
/// <param name="IsSuspect">Whether the element says that the values are not to be trusted.</param>
/// <param name="Results">The values as text by counter of the mapping (weights behind them); null = not measured.</param>
/// <param name="Line">The line of the file, from 1.</param>
internal readonly record struct PmValue(string Name, long Start, long End, bool IsSuspect, string?[] Results, int Line);
