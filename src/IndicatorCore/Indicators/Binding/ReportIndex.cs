namespace IndicatorCore.Indicators.Binding;

/// <summary>
/// Measurement report indices of TS 38.133: the value judged is the lower edge of the index's interval (indicator-definitions 3.5,
/// W4). Index 0 stands for everything below the table and is given the edge one step below index 1.
/// </summary>
/// <param name="Highest">The greatest index that is a measurement.</param>
/// <param name="EdgeOfZero">The edge of index 0, 10⁻⁶ dB(m).</param>
/// <param name="Step">The width of an interval, 10⁻⁶ dB.</param>
internal sealed record ReportIndex(int Highest, long EdgeOfZero, long Step)
{
    /// <summary>SS-RSRP: index n means n − 157 ≤ value &lt; n − 156 dBm.</summary>
    public static ReportIndex Rsrp { get; } = new(126, -157_000_000, 1_000_000);

    /// <summary>SS-SINR: index n has the lower edge −23 + (n − 1)/2 dB.</summary>
    public static ReportIndex Sinr { get; } = new(127, -23_500_000, 500_000);

    /// <summary>The lower edge, 10⁻⁶ dB(m); null outside the table.</summary>
    public long? LowerEdge(long index) => index >= 0 && index <= Highest ? EdgeOfZero + (index * Step) : null;
}
