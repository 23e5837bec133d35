namespace IndicatorCore.Adapters.Results;

/// <summary>How declared figures beside measured ones are written.</summary>
public enum DeclaredFormat
{
    /// <summary>For a terminal, with a legend.</summary>
    Table,

    /// <summary>One object with the manifest of the measured side and the figures.</summary>
    Json,

    /// <summary>One object a line.</summary>
    Ndjson,

    /// <summary>Comma-separated, UTF-8.</summary>
    Csv,

    /// <summary>A pipe table of GitHub-flavoured Markdown.</summary>
    Markdown,
}
