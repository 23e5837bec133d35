namespace IndicatorCore.Adapters.PmXml;

/// <summary>How the values of a measurement type may be used (TS 28.550, collection methods; indicator-definitions 6).</summary>
public enum PmCounterKind
{
    /// <summary>A volume of the granularity period: periods that follow one another add up to a counter's reading.</summary>
    Volume,

    /// <summary>A value at an instant, taken at the end of the period: a row of its table.</summary>
    Gauge,

    /// <summary>A mean over the period. It is kept beside its weight, for only so may periods and objects be rolled up.</summary>
    Mean,
}
