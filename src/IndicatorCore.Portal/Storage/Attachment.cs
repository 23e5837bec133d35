namespace IndicatorCore.Portal.Storage;

/// <summary>What a publication holds beside its rows.</summary>
public enum Attachment
{
    /// <summary>The manifest (JSON, without paths of the server).</summary>
    Manifest,

    /// <summary>The state all of it was made of (Arrow IPC, docs/state-file.md).</summary>
    State,

    /// <summary>Declared against measured (JSON as <c>verify --format json</c>).</summary>
    Declared,

    /// <summary>The grid cells of the coverage map (JSON).</summary>
    Coverage,

    /// <summary>The rows that differ from the revision before (ndjson).</summary>
    Difference,
}
