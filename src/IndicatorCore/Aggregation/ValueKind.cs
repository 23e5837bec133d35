namespace IndicatorCore.Aggregation;

/// <summary>The quantities whose values are kept for quantiles (<see cref="QuantileKey.Kind"/>).</summary>
internal static class ValueKind
{
    /// <summary>Latencies at 10⁻⁶ ms.</summary>
    public const int Latency = 0;

    /// <summary>RSRP of served samples, negated, at 10⁻⁶ dBm.</summary>
    public const int Rsrp = 1;

    /// <summary>SINR of served samples at 10⁻⁶ dB.</summary>
    public const int Sinr = 2;
}
