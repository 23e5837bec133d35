using System.Buffers;
using System.Text;
using System.Text.Json;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>The header of a state file: JSON in the schema's metadata.</summary>
internal sealed record StateHeader
{
    /// <summary>The version of the format.</summary>
    public required int Version { get; init; }

    /// <summary>What the state is of, see <see cref="StateFiles.QueryDigest"/>.</summary>
    public required string QueryDigest { get; init; }

    /// <summary>The conditions on rows.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Where { get; init; } = [];

    /// <summary>The source profile as JSON, or null.</summary>
    public string? Source { get; init; }

    /// <summary>How finely the state is kept; null in version 1, which says so by its query.</summary>
    public StateGrain? Grain { get; init; }

    /// <summary>Which shards of which plans it holds, by plan.</summary>
    public IReadOnlyList<StateShards> Shards { get; init; } = [];

    /// <summary>Its revisions, by number.</summary>
    public IReadOnlyList<StateRevision> Revisions { get; init; } = [];

    /// <summary>The query for people, in the words of the manifest.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The definitions, such as <c>cov_sample@1</c>.</summary>
    public IReadOnlyList<string> Definitions { get; init; } = [];

    /// <summary>Tables that any input could feed.</summary>
    public long TablesSeen { get; init; }

    /// <summary>Tables of which something was skipped.</summary>
    public long TablesSkipped { get; init; }

    /// <summary>Lanes that any input had.</summary>
    public long LanesSeen { get; init; }

    /// <summary>The columns of user-defined indicators that any input had.</summary>
    public IReadOnlyList<string> UserColumns { get; init; } = [];

    /// <summary>The shortest nominal period of connectivity, nanoseconds; 0 = none.</summary>
    public long ConnectivityPeriod { get; init; }

    /// <summary>The first accepted event.</summary>
    public long FirstEvent { get; init; } = long.MaxValue;

    /// <summary>The last accepted event.</summary>
    public long LastEvent { get; init; } = long.MinValue;

    /// <summary>Rows whose own line contradicts the registry's.</summary>
    public long ScopeConflicts { get; init; }

    /// <summary>The header of a state.</summary>
    public static StateHeader Of(EngineContext context, EngineState state, IReadOnlyList<string> definitions) => new()
    {
        Version = StateSchema.Version,
        QueryDigest = StateFiles.QueryDigest.Of(context, definitions),
        Query = StateFiles.QueryDigest.Options(context),
        Where = context.Query.Where,
        Source = context.Query.Source?.ToJson(),
        Grain = context.Grain with { Definitions = definitions },
        Definitions = definitions,
        Shards = context.Origin.Shards,
        Revisions = context.Origin.SettledRevisions,
        TablesSeen = state.TablesSeen,
        TablesSkipped = state.TablesSkipped,
        LanesSeen = state.LanesSeen,
        UserColumns = [.. state.User.SelectMany(static store => store.Plan.Columns.Where((_, i) => store.Has(i)).Select(column => $"{store.Plan.Table}.{column.Key}"))],
        ConnectivityPeriod = state.ConnectivityPeriod,
        FirstEvent = state.FirstEvent,
        LastEvent = state.LastEvent,
        ScopeConflicts = state.ScopeConflicts,
    };

    /// <summary>Puts what is not in rows into a state.</summary>
    public void CopyTo(EngineState state)
    {
        state.TablesSeen = TablesSeen;
        state.TablesSkipped = TablesSkipped;
        state.LanesSeen = LanesSeen;
        foreach (var store in state.User)
        {
            for (var column = 0; column < store.Plan.Columns.Length; column++)
            {
                if (UserColumns.Contains($"{store.Plan.Table}.{store.Plan.Columns[column].Key}"))
                {
                    store.See(column);
                }
            }
        }

        state.ConnectivityPeriod = ConnectivityPeriod;
        state.FirstEvent = FirstEvent;
        state.LastEvent = LastEvent;
        state.ScopeConflicts = ScopeConflicts;
    }

    /// <summary>The header as JSON.</summary>
    public string ToJson()
    {
        var bytes = new ArrayBufferWriter<byte>();
        var json = new JsonOutput(bytes);
        json.StartObject();
        json.Name("version");
        json.Value(Version);
        json.Name("query_digest");
        json.Value(QueryDigest);
        json.Name("query");
        json.StartObject();
        foreach (var (name, value) in Query)
        {
            json.Name(name);
            json.Value(value);
        }

        json.EndObject();
        StateOriginJson.Write(json, this);
        Names(json, "definitions", Definitions);
        Names(json, "tables", Named(TablesSeen, StateNames.Tables));
        Names(json, "tables_skipped", Named(TablesSkipped, StateNames.Tables));
        Names(json, "lanes", Named(LanesSeen, StateNames.Lanes));
        if (UserColumns.Count > 0)
        {
            Names(json, "user_columns", UserColumns);
        }

        json.Name("connectivity_period_ns");
        json.Value(ConnectivityPeriod);
        if (FirstEvent <= LastEvent)
        {
            json.Name("first_event_ns");
            json.Value(FirstEvent);
            json.Name("last_event_ns");
            json.Value(LastEvent);
        }

        json.Name("scope_conflicts");
        json.Value(ScopeConflicts);
        json.EndObject();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>Reads a header.</summary>
    /// <exception cref="StateMismatchException">It is of a version that this program does not read.</exception>
    /// <exception cref="MalformedArrowException">It is no header.</exception>
    public static StateHeader Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var version = root.GetProperty("version").GetInt32();
            if (version is < StateSchema.OldestVersion or > StateSchema.Version)
            {
                throw new StateMismatchException(
                    $"The state file has format version {version}; this program reads versions {StateSchema.OldestVersion} to {StateSchema.Version}",
                    advice: version > StateSchema.Version ? "Use a newer program." : "Read the inputs again.");
            }

            var hasEvents = root.TryGetProperty("first_event_ns", out var first);
            var header = new StateHeader
            {
                Version = version,
                QueryDigest = root.GetProperty("query_digest").GetString() ?? string.Empty,
                Query = [.. root.GetProperty("query").EnumerateObject().Select(static pair => KeyValuePair.Create(pair.Name, pair.Value.GetString() ?? string.Empty))],
                Definitions = [.. root.GetProperty("definitions").EnumerateArray().Select(static id => id.GetString() ?? string.Empty)],
                TablesSeen = Mask(root, "tables", StateNames.Tables),
                TablesSkipped = Mask(root, "tables_skipped", StateNames.Tables),
                LanesSeen = Mask(root, "lanes", StateNames.Lanes),
                UserColumns = root.TryGetProperty("user_columns", out var columns)
                    ? [.. columns.EnumerateArray().Select(static column => column.GetString() ?? string.Empty)]
                    : [],
                ConnectivityPeriod = root.GetProperty("connectivity_period_ns").GetInt64(),
                FirstEvent = hasEvents ? first.GetInt64() : long.MaxValue,
                LastEvent = hasEvents ? root.GetProperty("last_event_ns").GetInt64() : long.MinValue,
                ScopeConflicts = root.GetProperty("scope_conflicts").GetInt64(),
            };
            header = version == 1 ? header : StateOriginJson.Read(root, header);
            return header.ConnectivityPeriod >= 0 && header.ScopeConflicts >= 0 && (!hasEvents || header.FirstEvent <= header.LastEvent)
                ? header
                : throw new MalformedArrowException("The header of the state file holds impossible numbers");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new MalformedArrowException($"The header of the state file cannot be read: {fault.Message}", inner: fault);
        }
    }

    private static void Names(JsonOutput json, string name, IEnumerable<string> names)
    {
        json.Name(name);
        json.StartArray();
        foreach (var value in names)
        {
            json.Value(value);
        }

        json.EndArray();
    }

    private static IEnumerable<string> Named(long mask, string[] names) => names.Where((_, i) => (mask & (1L << i)) != 0);

    private static long Mask(JsonElement root, string member, string[] names)
    {
        var mask = 0L;
        foreach (var name in root.GetProperty(member).EnumerateArray())
        {
            var at = Array.IndexOf(names, name.GetString());
            mask |= at >= 0 ? 1L << at : throw new StateMismatchException($"'{name}' in the header of the state file is not known to this version");
        }

        return mask;
    }
}
