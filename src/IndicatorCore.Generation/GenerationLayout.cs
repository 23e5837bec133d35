namespace IndicatorCore.Generation;

/// <summary>How telemetry is laid out in files.</summary>
public enum GenerationLayout
{
    /// <summary>One or more files a table: connectivity, radio, probe, counter, session, production, cost, energy, downtime.</summary>
    Tables,

    /// <summary>
    /// Files of one wide <c>telemetry</c> table whose rows feed connectivity, radio, probe, production, energy and cost.
    /// It has no <c>cell</c> and no <c>rat</c> column, since with either every row, production rows included, would be a radio sample
    /// (interface 1); so it knows no UNSERVED samples. It has no <c>ingest_ts</c> and no null times either: a row that feeds several
    /// tables and is quarantined would be counted in an order nobody defines.
    /// </summary>
    Telemetry,
}
