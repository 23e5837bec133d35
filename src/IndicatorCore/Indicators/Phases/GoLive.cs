namespace IndicatorCore.Indicators.Phases;

/// <summary>A go-live of a line, already moved to the local midnight at or after it.</summary>
/// <param name="Line">The line.</param>
/// <param name="Day">Days since 1970-01-01 in the reporting zone.</param>
/// <param name="EvidenceId">佐证编号, or null.</param>
internal readonly record struct GoLive(string Line, int Day, string? EvidenceId);
