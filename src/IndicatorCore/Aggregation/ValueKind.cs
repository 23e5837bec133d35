namespace IndicatorCore.Aggregation;

/// <summary>The quantities whose values are kept for quantiles (<see cref="QuantileKey.Kind"/>).</summary>
internal static class ValueKind
{
    /// <summary>Latencies at 10⁻⁶ ms.</summary>
    public const int Latency = 0;
}
