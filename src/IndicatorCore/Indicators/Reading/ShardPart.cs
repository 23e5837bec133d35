namespace IndicatorCore.Indicators.Reading;

/// <summary>What a shard reads of one file.</summary>
/// <param name="Path">The file.</param>
/// <param name="First">The first batch.</param>
/// <param name="End">The batch behind the last one.</param>
internal readonly record struct ShardPart(string Path, int First, int End);
