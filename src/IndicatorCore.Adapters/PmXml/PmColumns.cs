namespace IndicatorCore.Adapters.PmXml;

/// <summary>The columns that every table of an import has.</summary>
internal static class PmColumns
{
    /// <summary>The end of the period; for the first reading of a counter its beginning.</summary>
    public const string Time = "event_ts";

    /// <summary>The measured object's distinguished name.</summary>
    public const string Object = "object";

    /// <summary>Why a row is not counted, or null.</summary>
    public const string Quarantine = "indicatorcore.quarantine";
}
