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

    /// <summary>One-way latencies by device, at 10⁻⁶ ms.</summary>
    public const int OneWay = 3;

    /// <summary>How long rows took to arrive, ingest_ts − event_ts, at 10⁻⁶ s by device; of the first table in the catalogue.</summary>
    public const int Delay = 4;
}
