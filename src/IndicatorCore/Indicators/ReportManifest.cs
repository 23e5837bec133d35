namespace IndicatorCore.Indicators;

/// <summary>What a report was made from, and what may differ between equal reports (interface 4).</summary>
public sealed record ReportManifest
{
    private readonly Lazy<string> _rowDigest = new(string.Empty);

    /// <summary>The engine's version.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>Definition ids in ordinal order, such as <c>cov_sample@1</c>.</summary>
    public required IReadOnlyList<string> Definitions { get; init; }

    /// <summary>The name of the definition profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The options of the query as name and text, in a fixed order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Options { get; init; }

    /// <summary>The inputs, sorted by name.</summary>
    public required IReadOnlyList<ManifestInput> Inputs { get; init; }

    /// <summary>The reference date R, UTC nanoseconds since 1970, or null without any accepted event.</summary>
    public long? ReferenceDate { get; init; }

    /// <summary>The revision of the state that the report is made of, or null where it has none.</summary>
    public int? Revision { get; init; }

    /// <summary>The state files that the report is made of, by name; filled in by who merges them.</summary>
    public IReadOnlyList<ManifestState> States { get; init; } = [];

    /// <summary>Rows read, replays not counted.</summary>
    public long Rows { get; init; }

    /// <summary>Inputs that were replays of others.</summary>
    public long ReplayedInputs { get; init; }

    /// <summary>Rows in them.</summary>
    public long ReplayedRows { get; init; }

    /// <summary>Quarantined rows by reason over all inputs.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Quarantined { get; init; } = [];

    /// <summary>What was skipped under <c>--on-bad skip</c>, by table; see <see cref="ManifestInput.Skipped"/> for each part.</summary>
    public IReadOnlyList<SkippedTable> Skipped { get; init; } = [];

    /// <summary>Which columns of an input are judged: <c>needed</c>, those that the selected indicators read. So what is skipped may depend on
    /// the selection (decisions D8).</summary>
    public string ColumnsJudged { get; init; } = "needed";

    /// <summary>Rows whose own scope column contradicts the registry.</summary>
    public long ScopeConflicts { get; init; }

    /// <summary>Grid cells with samples that no site plan of their factory has.</summary>
    public long CellsOutsidePlan { get; init; }

    /// <summary>Samples that lie in no grid cell, for want of a position or because their grid key is none; counted where cells are.</summary>
    public long SamplesWithoutCell { get; init; }

    /// <summary>Whether disclosure control was applied.</summary>
    public string Disclosure { get; init; } = "not applied";

    /// <summary>SHA-256 of the result rows as ndjson with LF, lower-case hexadecimal; of a report it is computed when it is first asked for.</summary>
    public string RowDigest
    {
        get => _rowDigest.Value;
        init => _rowDigest = new Lazy<string>(value);
    }

    /// <summary>Where <see cref="RowDigest"/> comes from.</summary>
    internal Lazy<string> RowDigestSource
    {
        init => _rowDigest = value;
    }
}
