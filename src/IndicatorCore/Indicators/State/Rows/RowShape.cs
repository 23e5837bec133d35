using System.Globalization;
using IndicatorCore.Aggregation;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.UserDefined;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.State.Rows;

/// <summary>
/// What rows of one kind of input have: their lanes, and what decides who consumes them. Its text says it all, in one spelling, so that
/// rows of other engines of the same query can be taken over.
/// </summary>
internal sealed class RowShape : IBoundInput
{
    private const string Key = "key", Value = "value", UserPrefix = "user";

    private readonly EngineContext _context;
    private readonly HashSet<Lane> _has;

    private RowShape(EngineContext context, string text, Dictionary<string, string> parts, int number)
    {
        (_context, Text, Number) = (context, text, number);
        IsTelemetry = parts["telemetry"] == "1";
        Table = TableCatalog.Find(parts["table"]) ?? throw new FormatException($"there is no table '{parts["table"]}'");
        IsMetered = parts["metered"] == "1";
        HeartbeatTimeout = Optional(parts["heartbeat"]);
        SampleHold = Optional(parts["hold"]);
        SequenceBits = int.Parse(parts["bits"], NumberStyles.None, CultureInfo.InvariantCulture);
        Feeds = [.. Names(parts["feeds"]).Select(static name => TableCatalog.Find(name) ?? throw new FormatException($"there is no table '{name}'"))];
        UserPlans = [.. Names(parts["plans"]).Select(number => context.UserPlans.Single(plan => plan.Number == int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture)))];
        KeyLanes = [.. Names(parts[Key]).Select(LaneOf)];
        ValueLanes = [.. Names(parts[Value]).Select(LaneOf)];
        KeyTables = [.. KeyLanes.Select(TableOf)];
        _has = [.. KeyLanes, .. ValueLanes];
    }

    /// <summary>The shape in one spelling.</summary>
    public string Text { get; }

    /// <summary>Its number in the engine.</summary>
    public int Number { get; }

    /// <summary>The lanes that hold key numbers or categories.</summary>
    public Lane[] KeyLanes { get; }

    /// <summary>The tables of their numbers; null for categories, whose numbers are the same everywhere.</summary>
    public KeyTable?[] KeyTables { get; }

    /// <summary>The lanes that hold values with classes.</summary>
    public Lane[] ValueLanes { get; }

    /// <summary>Bytes of a record.</summary>
    public int RecordBytes => RowRecord.KeysAt + (KeyLanes.Length * sizeof(int)) + (ValueLanes.Length * RowRecord.ValueBytes);

    /// <inheritdoc/>
    public bool IsTelemetry { get; }

    /// <inheritdoc/>
    public TableDefinition Table { get; }

    /// <inheritdoc/>
    public IReadOnlyList<TableDefinition> Feeds { get; }

    /// <inheritdoc/>
    public UserPlan[] UserPlans { get; }

    /// <inheritdoc/>
    public bool IsMetered { get; }

    /// <inheritdoc/>
    public long? HeartbeatTimeout { get; }

    /// <inheritdoc/>
    public long? SampleHold { get; }

    /// <inheritdoc/>
    public int SequenceBits { get; }

    /// <summary>How many lanes the query's user-defined indicators have.</summary>
    public int UserLanes => _context.UserLanes;

    /// <summary>The spelling of an input's shape.</summary>
    public static string TextOf(InputBinding binding)
    {
        // what decides between rows is kept beside the lanes, and why a row was set aside at import is judged by now
        var lanes = binding.Lanes.Where(static lane => lane is not (Lane.Revision or Lane.IngestSeq or Lane.Quarantine)).Order().ToList();
        return string.Join(
            ';',
            $"telemetry={(binding.IsTelemetry ? 1 : 0)}",
            $"table={binding.Table.Name}",
            $"feeds={string.Join(',', binding.Feeds.Select(static table => table.Name))}",
            $"plans={string.Join(',', binding.UserPlans.Select(static plan => plan.Number))}",
            $"metered={(binding.IsMetered ? 1 : 0)}",
            $"heartbeat={binding.HeartbeatTimeout?.ToString(CultureInfo.InvariantCulture)}",
            $"hold={binding.SampleHold?.ToString(CultureInfo.InvariantCulture)}",
            $"bits={binding.SequenceBits}",
            $"{Key}={string.Join(',', lanes.Where(IsKey).Select(NameOf))}",
            $"{Value}={string.Join(',', lanes.Where(lane => !IsKey(lane)).Select(NameOf))}");

        bool IsKey(Lane lane) => IsKeyLane(lane) || binding.IsUserKey(lane);
    }

    /// <summary>The shape of a spelling.</summary>
    /// <exception cref="MalformedArrowException">It is none of this query.</exception>
    public static RowShape Parse(EngineContext context, string text, int number)
    {
        try
        {
            var parts = text.Split(';').Select(static part => part.Split('=', 2)).ToDictionary(static part => part[0], static part => part[1], StringComparer.Ordinal);
            return new RowShape(context, text, parts, number);
        }
        catch (Exception fault) when (fault is FormatException or KeyNotFoundException or IndexOutOfRangeException or ArgumentException or InvalidOperationException or OverflowException)
        {
            throw new MalformedArrowException($"The state file is not whole: kept rows have a shape that is none of this query ({fault.Message})", inner: fault);
        }
    }

    /// <inheritdoc/>
    public bool Has(Lane lane) => _has.Contains(lane);

    /// <summary>Notes in a chunk which lanes the rows have.</summary>
    public void BindLanes(RowChunk chunk)
    {
        chunk.Unbind();
        foreach (var lane in _has)
        {
            chunk.Bind(lane);
        }
    }

    private static bool IsKeyLane(Lane lane) => lane is Lane.Link or Lane.Cell or Lane.Rat or Lane.DowntimeKind
        or Lane.Device or Lane.Line or Lane.Factory or Lane.Workshop or Lane.Product or Lane.Unit or Lane.Element or Lane.Meter or Lane.Grid
        or Lane.Flow or Lane.Object or Lane.Counter or Lane.Direction or Lane.Session;

    private static KeyTable? Canonical(KeySpaces keys, Lane lane) => lane switch
    {
        Lane.Device => keys.Devices,
        Lane.Line => keys.Lines,
        Lane.Factory => keys.Factories,
        Lane.Workshop => keys.Workshops,
        Lane.Product => keys.Products,
        Lane.Unit => keys.Units,
        Lane.Element or Lane.Meter => keys.Elements,
        Lane.Grid => keys.Grids,
        Lane.Flow or Lane.Object or Lane.Counter or Lane.Direction or Lane.Session => keys.Others,
        _ => null,
    };

    private KeyTable? TableOf(Lane lane)
    {
        if (!RowChunk.IsUserLane(lane))
        {
            return Canonical(_context.Keys, lane);
        }

        foreach (var plan in UserPlans)
        {
            if (Array.IndexOf(plan.Lanes, lane) is >= 0 and var column)
            {
                return _context.Keys.Of(plan.Columns[column]);
            }

            foreach (var feed in plan.Feeds)
            {
                if (feed.Lane == lane)
                {
                    return feed.Name == "device" ? _context.Keys.Devices : _context.Keys.Others;
                }
            }
        }

        throw new FormatException("a lane is of no plan");
    }

    private static string NameOf(Lane lane) => RowChunk.IsUserLane(lane)
        ? string.Create(CultureInfo.InvariantCulture, $"{UserPrefix}{lane - RowChunk.UserLane(0)}")
        : lane.ToString();

    private Lane LaneOf(string name)
    {
        if (!name.StartsWith(UserPrefix, StringComparison.Ordinal))
        {
            return Enum.TryParse<Lane>(name, out var lane) && Enum.IsDefined(lane) && NameOf(lane) == name ? lane : throw new FormatException($"there is no lane '{name}'");
        }

        var number = int.Parse(name.AsSpan(UserPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        return number < _context.UserLanes ? RowChunk.UserLane(number) : throw new FormatException($"there is no lane '{name}'");
    }

    private static string[] Names(string list) => list.Length == 0 ? [] : list.Split(',');

    private static long? Optional(string text) => text.Length == 0 ? null : long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
