namespace IndicatorCore.Indicators.Reading;

/// <summary>A file as a plan of shards sees it.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Key">What its content is told by, without where it is.</param>
/// <param name="Batches">The stored bytes of each batch; none where the file cannot be opened and is to be skipped.</param>
internal sealed record ShardFile(string Path, string Key, IReadOnlyList<long> Batches);
