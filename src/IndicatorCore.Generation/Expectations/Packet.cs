namespace IndicatorCore.Generation.Expectations;

/// <summary>A packet as its row tells of it: when it was sent (UTC milliseconds), its number, and whether it came.</summary>
internal readonly record struct Packet(long Time, long Number, bool IsReceived);
