namespace IndicatorCore.Sources;

/// <summary>Plausible event times as a profile writes them: from inclusive, to exclusive, null = open.</summary>
internal sealed record PlausibleRange(PlausibleBound? From, PlausibleBound? To);
