namespace IndicatorCore.Adapters.Registry;

/// <summary>How what was found in a registry is written.</summary>
public enum RegistryIssueFormat
{
    /// <summary>For a terminal.</summary>
    Table,

    /// <summary>One object: counts by severity, and the findings.</summary>
    Json,

    /// <summary>Comma-separated, UTF-8 with a byte order mark, so that spreadsheets open it right.</summary>
    Csv,
}
