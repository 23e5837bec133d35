using IndicatorCore.Errors;
using IndicatorCore.Indicators.StateFiles;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators;

/// <summary>What a state file (docs/state-file.md) says of itself.</summary>
public sealed record StateFileInfo
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>The version of the format.</summary>
    public required int Version { get; init; }

    /// <summary>SHA-256 of its content as the file itself states it, lower-case hexadecimal; <see cref="SurveyAsync"/> has verified it.</summary>
    public required string Digest { get; init; }

    /// <summary>What must be equal for states to merge, as a digest.</summary>
    public required string QueryDigest { get; init; }

    /// <summary>The same for people, as name and text.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Query { get; init; }

    /// <summary>How finely the state is kept; null in version 1, which holds one report's options and no more.</summary>
    public StateGrain? Grain { get; init; }

    /// <summary>The definitions that it is kept for, such as <c>cov_sample@1</c>.</summary>
    public IReadOnlyList<string> Definitions { get; init; } = [];

    /// <summary>Conditions on rows that were counted.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Where { get; init; } = [];

    /// <summary>The source profile that inputs were read with, or null.</summary>
    public SourceProfile? Source { get; init; }

    /// <summary>Tables that any input fed.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The first accepted event, UTC nanoseconds since 1970, or null.</summary>
    public long? FirstEvent { get; init; }

    /// <summary>The last accepted event, or null.</summary>
    public long? LastEvent { get; init; }

    /// <summary>Which shards of which plans it holds, by plan.</summary>
    public IReadOnlyList<StateShards> Shards { get; init; } = [];

    /// <summary>Its revisions, by number.</summary>
    public IReadOnlyList<StateRevision> Revisions { get; init; } = [];

    /// <summary>The inputs that it covers; empty after <see cref="ReadAsync"/>.</summary>
    public IReadOnlyList<StateFileInput> Inputs { get; init; } = [];

    /// <summary>The rows of each section, in the order of the file; whole after <see cref="SurveyAsync"/> alone.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Sections { get; init; } = [];

    /// <summary>The text of an option of <see cref="Query"/>, or null.</summary>
    /// <param name="name">Its name, such as <c>registry</c>.</param>
    public string? Option(string name)
    {
        foreach (var (option, value) in Query)
        {
            if (option == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Whether a file says of itself, by its schema, that it is a state file.</summary>
    /// <param name="path">The file.</param>
    public static bool IsState(string path) => StateFileSurvey.IsState(path);

    /// <summary>Reads what the header says; no rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IndicatorDataException">It is no state file, of a version that is not read, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Task<StateFileInfo> ReadAsync(string path, CancellationToken cancellationToken = default) => StateFileSurvey.RunAsync(path, StateSurveyDepth.Header, cancellationToken);

    /// <summary>Reads the header, and the rows at the beginning that list the inputs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IndicatorDataException">It is no state file, of a version that is not read, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Task<StateFileInfo> ReadInputsAsync(string path, CancellationToken cancellationToken = default) => StateFileSurvey.RunAsync(path, StateSurveyDepth.Inputs, cancellationToken);

    /// <summary>Reads the whole file: counts its rows, lists its inputs, and verifies its digest.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IndicatorDataException">It is no state file, of a version that is not read, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Task<StateFileInfo> SurveyAsync(string path, CancellationToken cancellationToken = default) => StateFileSurvey.RunAsync(path, StateSurveyDepth.All, cancellationToken);

    /// <summary>
    /// The query that merges this state, as far as the file says it: zone, conditions, duplicate policy, source profile and grain. Registry,
    /// thresholds and definition files are digests here, and stay to be given.
    /// </summary>
    /// <param name="query">What else the query asks.</param>
    public IndicatorQuery Over(IndicatorQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query with
        {
            TimeZone = Option("tz") ?? query.TimeZone,
            Where = Grain is null ? query.Where : Where,
            Source = Grain is null ? query.Source : Source,
            Dedup = Option("dedup") switch
            {
                "rows" => DedupPolicy.Rows,
                "none" => DedupPolicy.None,
                "export" => DedupPolicy.Export,
                _ => query.Dedup,
            },
            Grain = Grain,
        };
    }
}
