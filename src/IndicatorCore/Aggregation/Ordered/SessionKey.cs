namespace IndicatorCore.Aggregation.Ordered;

/// <summary>A session: by its own key where rows have one, else by its span.</summary>
/// <param name="Leaf">The scope of its rows.</param>
/// <param name="Device">The device's number, or -1.</param>
/// <param name="Session">The number of its key, or -1.</param>
/// <param name="Start">Without a key, its start; else 0.</param>
/// <param name="End">Without a key, its end; else 0.</param>
internal readonly record struct SessionKey(Leaf Leaf, int Device, int Session, long Start, long End);
