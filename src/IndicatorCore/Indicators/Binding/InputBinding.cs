using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.UserDefined;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Binding;

/// <summary>
/// How the columns of one schema feed tables: which are read, and how each becomes a lane. Immutable and shared; workers make
/// their own decoders from it.
/// </summary>
internal sealed class InputBinding : IBoundInput
{
    private static readonly double[] s_decibelSentinels =
        [2032, -200, 99, 255, 65535, 32767, -32768, 4294967295, 1e30];

    // a column of single precision holds the neighbours of the last two
    private static readonly double[] s_latencySentinels = [-1, 4294967295, 4294967296, 1e30, 1e30f];

    private readonly EngineContext _context;
    private readonly SourceSettings _settings;
    private readonly LaneBinder _lanes;

    private InputBinding(EngineContext context, Schema schema, string inputName, SourceSettings settings, TableDefinition table)
    {
        _context = context;
        _settings = settings;
        Schema = schema;
        InputName = inputName;
        Table = table;
        _lanes = new LaneBinder(context, schema, inputName, settings, table);
        IsTelemetry = table.Name == TableCatalog.Telemetry;
        Feeds = IsTelemetry
            ? [.. TableCatalog.All.Where(fed => fed.Name != TableCatalog.Telemetry && FeedsFromWide(fed))]
            : [table];
        UserPlans = [.. context.UserPlans.Where(plan => plan.IsTelemetry ? IsTelemetry : Feeds.Any(fed => fed.Name == plan.Table))];
        UserMeasures = [.. UserPlans.SelectMany(static plan => plan.Lanes.Where((_, i) => plan.Columns[i].Role == UserColumnRole.Measure))];
    }

    /// <summary>The schema.</summary>
    public Schema Schema { get; }

    /// <summary>The input's name, for errors.</summary>
    public string InputName { get; }

    /// <summary>The table that the input holds.</summary>
    public TableDefinition Table { get; }

    /// <summary>Whether the rows are wide ones.</summary>
    public bool IsTelemetry { get; }

    /// <summary>The tables that its rows feed.</summary>
    public IReadOnlyList<TableDefinition> Feeds { get; }

    /// <summary>The plans of user-defined indicators that its rows feed.</summary>
    public UserPlan[] UserPlans { get; }

    /// <summary>The lanes of their measures.</summary>
    public Lane[] UserMeasures { get; }

    /// <summary>How many lanes the query's user-defined indicators have.</summary>
    public int UserLanes => _context.UserLanes;

    /// <summary>The tables and plans that its rows feed as bits, by their places in the catalogue.</summary>
    public long TableMask => Feeds.Aggregate(
        UserPlans.Aggregate(0L, static (mask, plan) => mask | plan.TableMask), static (mask, table) => mask | (1L << TableCatalog.IndexOf(table.Name)));

    /// <summary>Whether energy comes as readings of cumulative meters.</summary>
    public bool IsMetered { get; private set; }

    /// <summary>The settings of the source.</summary>
    public SourceSettings Settings => _settings;

    /// <summary>The columns to read.</summary>
    public Projection Projection { get; private set; } = null!;

    /// <summary>The same by their canonical names, each once, in the schema's order.</summary>
    public IReadOnlyList<QuarantinedColumn> ReadColumns { get; private set; } = [];

    /// <summary>The identity of rows under <c>--dedup rows</c>, or null.</summary>
    public RowIdentity? Identity { get; private set; }

    /// <summary>Whether stamps are wall-clock time of an undeclared zone: all rows of the input are quarantined.</summary>
    public bool ZoneUndeclared => ZoneFault is not null;

    /// <summary>What is wrong with such stamps.</summary>
    public SchemaMismatchException? ZoneFault => _lanes.ZoneFault;

    /// <summary>How long a device counts as online after it was heard, nanoseconds, or null where the source says nothing of it.</summary>
    public long? HeartbeatTimeout => _settings.HeartbeatTimeoutNanoseconds ?? Periods(3);

    /// <summary>How long a radio sample holds at most: two sampling periods, nanoseconds; null where the source says nothing of them.</summary>
    public long? SampleHold => Periods(2);

    /// <summary>The width of sequence numbers, which an unsigned type tells; 0 = not known.</summary>
    public int SequenceBits => _lanes.Ordinal("seq") is >= 0 and var ordinal && Schema.Fields[ordinal].Type is { Id: ArrowTypeId.Int, IsSigned: false, BitWidth: < 64 } type
        ? type.BitWidth
        : 0;

    /// <summary>Whether this input has a lane.</summary>
    public bool Has(Lane lane) => _lanes.Columns.Exists(column => column.Lane == lane);

    /// <summary>Binds a schema.</summary>
    /// <exception cref="SchemaMismatchException">The table cannot be told, a required column is missing, or a type does not fit.</exception>
    public static InputBinding Create(EngineContext context, Schema schema, string inputName)
    {
        var settings = SettingsOf(context, schema, inputName);
        var table = TableMatch.Resolve(schema, inputName, settings);
        var binding = new InputBinding(context, schema, inputName, settings, table);
        if (TableMatch.MissingColumns(table, schema, settings, inputName) is [var missing, ..])
        {
            throw TableMatch.MissingColumn(table.Name, missing, schema, inputName);
        }

        binding.BindTime();
        foreach (var fed in binding.Feeds)
        {
            binding.BindTable(fed.Name);
            binding.BindSupport(fed.Name);
            binding.BindOrdered(fed.Name);
        }

        binding.BindDelay();

        foreach (var plan in binding.UserPlans)
        {
            binding.BindUser(plan);
        }

        binding.BindFilters();
        if (context.Query.Dedup == DedupPolicy.Rows)
        {
            binding._lanes.BindInteger("revision", Lane.Revision);
            binding._lanes.BindInteger("ingest_seq", Lane.IngestSeq);
            binding.Identity = RowIdentity.Create(binding, binding._lanes.Ordinals);
        }

        binding.Projection = Projection.Of(schema, binding._lanes.Ordinals);
        binding.ReadColumns = binding.NamesOf(binding._lanes.Ordinals);
        return binding;
    }

    /// <summary>The settings of an input: those in the schema's metadata, else those of <c>--source</c>, else none.</summary>
    public static SourceSettings SettingsOf(EngineContext context, Schema schema, string inputName)
    {
        // an imported file carries what is left of its profile: applying the whole profile again would shift its stamps twice
        var profile = schema.Meta("indicatorcore.source") is { } json
            ? SourceProfile.Parse(json, $"{inputName} (metadata indicatorcore.source)")
            : context.Query.Source;
        return profile?.For(inputName) ?? SourceSettings.Empty;
    }

    /// <summary>New decoders for one worker, in the order in which they must run.</summary>
    public ColumnDecoder[] NewDecoders() => [.. _lanes.Columns.Select(static column => column.Make())];

    /// <summary>Notes in a chunk which lanes this input has.</summary>
    public void BindLanes(RowChunk chunk)
    {
        chunk.Unbind();
        foreach (var (lane, _) in _lanes.Columns)
        {
            if (lane is { } known)
            {
                chunk.Bind(known);
            }
        }
    }

    /// <summary>The lanes that this input has.</summary>
    public IEnumerable<Lane> Lanes => _lanes.Columns.Where(static column => column.Lane is not null).Select(static column => column.Lane!.Value).Distinct();

    /// <summary>Whether a lane of user-defined indicators holds key numbers.</summary>
    public bool IsUserKey(Lane lane) => Array.Exists(UserPlans, plan =>
        plan.Lanes.Where((own, i) => own == lane && plan.Columns[i].Role == UserColumnRole.Key).Any() || plan.Feeds.Any(feed => feed.Lane == lane && feed.IsKey));

    private long? Periods(int count) =>
        _settings.NominalPeriodNanoseconds is { } period ? (long)Int128.Min(long.MaxValue, (Int128)count * period) : null;

    private bool FeedsFromWide(TableDefinition fed) => fed.Required.All(required =>
        required == fed.TimeColumn || TableDefinition.Alternatives(required).Any(column => TableMatch.Has(Schema, _settings, column, InputName)));

    private List<QuarantinedColumn> NamesOf(IEnumerable<int> ordinals)
    {
        var canonical = new Dictionary<int, string>();
        foreach (var name in Feeds.Prepend(Table).SelectMany(static table => table.Columns))
        {
            if (_lanes.Ordinal(name) is >= 0 and var ordinal)
            {
                canonical.TryAdd(ordinal, name);
            }
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        var columns = new List<QuarantinedColumn>();
        foreach (var ordinal in ordinals)
        {
            // a column's own name may be the canonical one of another
            var name = canonical.GetValueOrDefault(ordinal) ?? Schema.Fields[ordinal].Name;
            columns.Add(new QuarantinedColumn(ordinal, taken.Add(name) ? name : $"{name}#{ordinal}"));
        }

        return columns;
    }

    private void BindTime()
    {
        var canonical = Table.TimeColumn;
        var ordinal = _lanes.Ordinal(canonical);
        var field = Schema.Fields[ordinal];
        _lanes.Check(field, canonical, InstantDecoder.Accepts(field), "timestamp, date or integer with a declared epoch unit");
        var rule = _lanes.Rule(canonical, field, ordinal, isEventTime: true);
        if (rule is null)
        {
            return;
        }

        _lanes.Add(null, [ordinal], () => new InstantDecoder(ordinal, field, null, rule));
        _lanes.BindInstant("ingest_ts", Lane.IngestTs);
        _lanes.BindInstant("interval_end", Lane.IntervalEnd);
        if (TableMatch.FindRaw(Schema, "indicatorcore.quarantine", InputName) is >= 0 and var quarantine)
        {
            var reasons = new KeySpace(static name => (int)QuarantineNames.Parse(name));
            _lanes.Add(Lane.Quarantine, [quarantine], () => new KeyDecoder(quarantine, Lane.Quarantine, reasons, new KeyTranslation(null)));
        }
    }

    private void BindTable(string table)
    {
        var needs = _context.Needs;
        switch (table)
        {
            case "connectivity" when needs.HasFlag(TableNeeds.Connectivity):
                BindScope(withLine: false);
                _lanes.BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                _lanes.BindFlag("online", Lane.Online);
                _lanes.BindKey("link", Lane.Link, new KeySpace(RadioAccess.Classify), "-");
                break;
            case "radio" when needs.HasFlag(TableNeeds.Radio):
                BindScope(withLine: true);
                _lanes.BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                _lanes.BindKey("cell", Lane.Cell, new KeySpace(RadioAccess.Present), "-");
                BindRat();
                _lanes.BindMeasure("rsrp_dbm", Lane.Rsrp, MeasureRule.Of(1_000_000, _lanes.Mapping("rsrp_dbm"), s_decibelSentinels, -156, -31, ReportIndex.Rsrp));
                _lanes.BindMeasure("sinr_db", Lane.Sinr, MeasureRule.Of(1_000_000, _lanes.Mapping("sinr_db"), s_decibelSentinels, -23, 40, ReportIndex.Sinr));
                if (needs.HasFlag(TableNeeds.Grid))
                {
                    _lanes.BindMeasure("x_m", Lane.X, MeasureRule.Of(1_000_000, _lanes.Mapping("x_m")));
                    _lanes.BindMeasure("y_m", Lane.Y, MeasureRule.Of(1_000_000, _lanes.Mapping("y_m")));
                    _lanes.BindInteger("floor", Lane.Floor);
                    _lanes.BindKey("grid", Lane.Grid, new KeySpace(_context.Keys.Grids), "-");
                }

                break;
            case "probe" when needs.HasFlag(TableNeeds.Probe):
                BindScope(withLine: true);
                _lanes.BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                _lanes.BindMeasure("latency_ms", Lane.Latency, MeasureRule.Of(1_000_000, _lanes.Mapping("latency_ms"), s_latencySentinels, lowest: 0));
                _lanes.BindFlag("lost", Lane.Lost);
                if (_lanes.Ordinal("ingest_ts") >= 0 && Has(Lane.Device))
                {
                    // only with both can a device's clock be judged
                    _lanes.BindFlag("one_way", Lane.OneWay);
                }

                break;
            case "production" when needs.HasFlag(TableNeeds.Production):
                BindScope(withLine: true);
                _lanes.BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                _lanes.BindKey("product", Lane.Product, new KeySpace(_context.Keys.Products));
                _lanes.BindKey("unit", Lane.Unit, new KeySpace(_context.Keys.Units));
                _lanes.BindMeasure("q_good", Lane.QGood, MeasureRule.Of(1_000_000, _lanes.Mapping("q_good")));
                _lanes.BindTimeInput("labour", Lane.Labour);
                // planned busy hours are the machine input; machine_h serves where they are absent (indicator-definitions 10.2)
                if (!_lanes.BindTimeInput("planned_busy", Lane.Machine))
                {
                    _lanes.BindTimeInput("machine", Lane.Machine);
                }

                break;
            case "cost" when needs.HasFlag(TableNeeds.Cost):
                BindScope(withLine: true);
                _lanes.BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                _lanes.BindInstant("period_end", Lane.PeriodEnd);
                _lanes.BindKey("product", Lane.Product, new KeySpace(_context.Keys.Products));
                _lanes.BindKey("element", Lane.Element, new KeySpace(_context.Keys.Elements));
                _lanes.BindFlag("is_project_cost", Lane.IsProjectCost);
                _lanes.BindMeasure("amount_cny", Lane.Amount, MeasureRule.Of(10_000, _lanes.Mapping("amount_cny")));
                _lanes.BindMeasure("q_good", Lane.QGood, MeasureRule.Of(1_000_000, _lanes.Mapping("q_good")));
                break;
            case "energy" when needs.HasFlag(TableNeeds.Energy):
                BindScope(withLine: true);
                _lanes.BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                _lanes.BindKey("product", Lane.Product, new KeySpace(_context.Keys.Products));
                _lanes.BindMeasure("kwh", Lane.Kwh, MeasureRule.Of(1_000_000, _lanes.Mapping("kwh")));
                break;
            default:
                break;
        }
    }

    // what the indicators of production support read beyond that (indicator-definitions 7)
    private void BindSupport(string table)
    {
        const TableNeeds OfProduction = TableNeeds.Oee | TableNeeds.FirstPass | TableNeeds.Scrap | TableNeeds.EnergyIntensity;
        const TableNeeds OfEnergy = TableNeeds.Energy | TableNeeds.EnergyIntensity;
        var needs = _context.Needs;
        if (table == "production" && (needs & OfProduction) != TableNeeds.None)
        {
            BindOutput();
            BindQuantity("q_total", Lane.QTotal, TableNeeds.Oee | TableNeeds.Scrap);
            BindQuantity("q_started", Lane.QStarted, TableNeeds.FirstPass);
            BindQuantity("q_first_pass", Lane.QFirstPass, TableNeeds.FirstPass);
            if (needs.HasFlag(TableNeeds.Oee))
            {
                _lanes.BindTimeInput("planned_busy", Lane.PlannedBusy);
                _lanes.BindTimeInput("actual", Lane.ActualTime);
                _lanes.BindTimeInput("ideal", Lane.IdealTime, "_per_unit");
            }
        }
        else if (table == "energy" && (needs & OfEnergy) != TableNeeds.None)
        {
            BindEnergy();
        }
        else if (table == "downtime" && needs.HasFlag(TableNeeds.Downtime))
        {
            BindScope(withLine: true);
            _lanes.BindInstant("end_ts", Lane.DowntimeEnd);
            _lanes.BindKey("kind", Lane.DowntimeKind, new KeySpace(DowntimeKind.Classify), "-");
        }
    }

    // a cumulative reading stands in for energy where there is none
    private void BindEnergy()
    {
        if (TableMatch.Has(Schema, _settings, "kwh", InputName))
        {
            if (_context.Needs.HasFlag(TableNeeds.EnergyIntensity))
            {
                BindOutput();
                BindQuantity("kwh", Lane.Kwh, TableNeeds.EnergyIntensity);
            }

            return;
        }

        BindScope(withLine: true);
        _lanes.BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
        if (_context.ByProduct)
        {
            _lanes.BindKey("product", Lane.Product, new KeySpace(_context.Keys.Products));
        }

        _lanes.BindKey("meter", Lane.Meter, new KeySpace(_context.Keys.Elements));
        BindQuantity("reading_kwh", Lane.Reading, TableNeeds.Energy | TableNeeds.EnergyIntensity);
        IsMetered = true;
    }

    private void BindOutput()
    {
        BindScope(withLine: true);
        _lanes.BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
        if (_context.ByProduct)
        {
            _lanes.BindKey("product", Lane.Product, new KeySpace(_context.Keys.Products));
        }

        _lanes.BindKey("unit", Lane.Unit, new KeySpace(_context.Keys.Units));
        _lanes.BindMeasure("q_good", Lane.QGood, MeasureRule.Of(1_000_000, _lanes.Mapping("q_good")));
    }

    private void BindQuantity(string column, Lane lane, TableNeeds needs)
    {
        if ((_context.Needs & needs) != TableNeeds.None)
        {
            _lanes.BindMeasure(column, lane, MeasureRule.Of(1_000_000, _lanes.Mapping(column)));
        }
    }

    // how long rows took to arrive is told apart by device: a clock that is wrong is a device's
    private void BindDelay()
    {
        if (!_context.Needs.HasFlag(TableNeeds.Delay) || _lanes.Ordinal("ingest_ts") < 0)
        {
            return;
        }

        BindScope(withLine: Table.Name != "connectivity");
        if (IsTelemetry || Table.Optional.Contains("device") || Table.Required.Contains("device") || Table.Name is "production" or "cost" or "energy")
        {
            _lanes.BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
        }
    }

    // what order-dependent indicators read of a table beside what others do
    private void BindOrdered(string table)
    {
        var needs = _context.Needs;
        switch (table)
        {
            case "connectivity" when needs.HasFlag(TableNeeds.Heartbeat) && HeartbeatTimeout is not null:
                BindScope(withLine: true);
                _lanes.BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                _lanes.BindFlag("online", Lane.Online);
                break;
            case "probe":
                if (needs.HasFlag(TableNeeds.Deadline))
                {
                    _lanes.BindMeasure("deadline_ms", Lane.Deadline, MeasureRule.Of(1_000_000, _lanes.Mapping("deadline_ms"), lowest: 0));
                }

                if (needs.HasFlag(TableNeeds.Sequence) && _lanes.Ordinal("seq") >= 0)
                {
                    _lanes.BindInteger("seq", Lane.Sequence);
                    _lanes.BindKey("flow", Lane.Flow, new KeySpace(_context.Keys.Others));
                }

                break;
            case "counter" when needs.HasFlag(TableNeeds.Counter):
                BindScope(withLine: true);
                _lanes.BindKey("object", Lane.Object, new KeySpace(_context.Keys.Others));
                _lanes.BindKey("counter", Lane.Counter, new KeySpace(_context.Keys.Others));
                _lanes.BindKey("direction", Lane.Direction, new KeySpace(_context.Keys.Others));
                _lanes.BindMeasure("bytes", Lane.Bytes, MeasureRule.Of(1, _lanes.Mapping("bytes"), lowest: 0));
                _lanes.BindMeasure("counter_bits", Lane.CounterBits, MeasureRule.Of(1, _lanes.Mapping("counter_bits"), lowest: 1, highest: 64));
                _lanes.BindMeasure("link_capacity_bps", Lane.Capacity, MeasureRule.Of(1, _lanes.Mapping("link_capacity_bps"), lowest: 1));
                break;
            case "session" when needs.HasFlag(TableNeeds.Session):
                BindScope(withLine: true);
                _lanes.BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                _lanes.BindInstant("end_ts", Lane.End);
                _lanes.BindKey("session", Lane.Session, new KeySpace(_context.Keys.Others));
                break;
            default:
                break;
        }
    }

    private void BindUser(UserPlan plan)
    {
        BindScope(withLine: true);
        if (_context.ByDevice || _context.Registry is not null)
        {
            _lanes.BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
        }

        if (_context.ByProduct)
        {
            _lanes.BindKey("product", Lane.Product, new KeySpace(_context.Keys.Products));
        }

        for (var i = 0; i < plan.Columns.Length; i++)
        {
            var (column, lane) = (plan.Columns[i], plan.Lanes[i]);
            switch (column.Role)
            {
                case UserColumnRole.Measure:
                    _lanes.BindMeasure(column.Name, lane, MeasureRule.Of(column, _lanes.Mapping(column.Name)));
                    break;
                case UserColumnRole.Flag:
                    _lanes.BindFlag(column.Name, lane);
                    break;
                default:
                    BindUserKey(column.Name, lane, _context.Keys.Of(column));
                    break;
            }
        }

        foreach (var feed in IsTelemetry ? plan.Feeds : [])
        {
            BindFeed(plan.Table, feed);
        }
    }

    // a wide row feeds a table as it does for the built-in indicators: a radio sample may also be one by its cell or technology
    private void BindFeed(string table, UserFeed feed)
    {
        if (table == "radio" && (TableMatch.Has(Schema, _settings, "cell", InputName) || TableMatch.Has(Schema, _settings, "rat", InputName)))
        {
            _lanes.Add(feed.Lane, [], () => new ConstantDecoder(feed.Lane, isKey: false, value: 1));
        }
        else if (feed.IsKey)
        {
            BindUserKey(feed.Name, feed.Lane, feed.Name == "device" ? _context.Keys.Devices : _context.Keys.Others);
        }
        else if (UserMeasure.KindOf(feed.Name) == CanonicalKind.Instant)
        {
            _lanes.BindInstant(feed.Name, feed.Lane);
        }
        else
        {
            _lanes.BindMeasure(feed.Name, feed.Lane, MeasureRule.Of(1_000_000, _lanes.Mapping(feed.Name)));
        }
    }

    private void BindUserKey(string column, Lane lane, KeyTable keys) =>
        _lanes.BindKey(column, lane, new KeySpace(keys), column is "link" or "cell" or "rat" or "grid" ? ["-"] : []);

    private void BindScope(bool withLine)
    {
        _lanes.BindKey("factory", Lane.Factory, new KeySpace(_context.Keys.Factories));
        _lanes.BindKey("workshop", Lane.Workshop, new KeySpace(_context.Keys.Workshops));
        if (withLine)
        {
            _lanes.BindKey("line", Lane.Line, new KeySpace(_context.Keys.Lines));
        }
    }

    // null or a mark with a cell is the profile's default technology, NR unless it says otherwise (indicator-definitions 1.4)
    private void BindRat()
    {
        if (_settings.DefaultRat is { } fallback && RadioAccess.Classify(fallback) == RadioAccess.Other)
        {
            if (!TableMatch.Has(Schema, _settings, "rat", InputName))
            {
                _lanes.Add(Lane.Rat, [], () => new ConstantDecoder(Lane.Rat, isKey: true, RadioAccess.Other));
                return;
            }

            _lanes.BindKey("rat", Lane.Rat, new KeySpace(RadioAccess.Classify), "-");
            _lanes.Add(Lane.Rat, [], static () => new NullKeyDecoder(Lane.Rat, RadioAccess.Other));
            return;
        }

        _lanes.BindKey("rat", Lane.Rat, new KeySpace(RadioAccess.Classify), "-");
    }

    private void BindFilters()
    {
        foreach (var (key, value) in _context.Query.Where)
        {
            var ordinal = _lanes.Ordinal(key);
            if (ordinal >= 0)
            {
                var field = Schema.Fields[ordinal];
                _lanes.Check(field, key, ExactNumberColumn.Reads(field.Type), "a decimal of up to 128 bits and 76 places");
                var translation = new KeyTranslation(_lanes.Mapping(key));
                _lanes.Add(null, [ordinal], () => new FilterDecoder(ordinal, value, translation));
            }
            else if (!GroupKey.IsKnown(key))
            {
                throw new SchemaMismatchException(
                    $"--where names '{key}', which is neither a column of the input nor a key of grouping",
                    new DataLocation(File: InputName, Column: key),
                    advice: NearestName.Advice(key, [.. Schema.Fields.Select(static field => field.Name), .. GroupKey.All]));
            }
        }
    }
}
