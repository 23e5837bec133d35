namespace IndicatorCore.Generation.Expectations;

/// <summary>Stops of a scope; times in milliseconds.</summary>
internal sealed record StopCount(Int128 Up, Int128 Down, long Failures, bool HasRows);
