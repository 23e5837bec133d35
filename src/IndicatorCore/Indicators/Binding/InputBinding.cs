using System.Globalization;
using System.Numerics;
using System.Text;
using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Binding;

/// <summary>
/// How the columns of one schema feed tables: which are read, and how each becomes a lane. Immutable and shared; workers make
/// their own decoders from it.
/// </summary>
internal sealed class InputBinding
{
    private static readonly double[] s_decibelSentinels =
        [2032, -200, 99, 255, 65535, 32767, -32768, 4294967295, 1e30];

    private static readonly double[] s_latencySentinels = [-1, 4294967295, 1e30];

    private readonly EngineContext _context;
    private readonly SourceSettings _settings;
    private readonly SortedSet<int> _ordinals = [];
    private readonly List<(Lane? Lane, Func<ColumnDecoder> Make)> _columns = [];

    private InputBinding(EngineContext context, Schema schema, string inputName, SourceSettings settings, TableDefinition table)
    {
        _context = context;
        _settings = settings;
        Schema = schema;
        InputName = inputName;
        Table = table;
        IsTelemetry = table.Name == TableCatalog.Telemetry;
        Feeds = IsTelemetry
            ? [.. TableCatalog.All.Where(fed => fed.Name != TableCatalog.Telemetry && FeedsFromWide(fed))]
            : [table];
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

    /// <summary>The same as bits, by their places in the catalogue.</summary>
    public long TableMask => Feeds.Aggregate(0L, static (mask, table) => mask | (1L << TableCatalog.IndexOf(table.Name)));

    /// <summary>The settings of the source.</summary>
    public SourceSettings Settings => _settings;

    /// <summary>The columns to read.</summary>
    public Projection Projection { get; private set; } = null!;

    /// <summary>The identity of rows under <c>--dedup rows</c>, or null.</summary>
    public RowIdentity? Identity { get; private set; }

    /// <summary>Whether event times are wall-clock time of an undeclared zone: the input is not usable, or quarantined whole.</summary>
    public bool ZoneUndeclared { get; private set; }

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
        }

        binding.BindFilters();
        if (context.Query.Dedup == DedupPolicy.Rows)
        {
            binding.BindInteger("revision", Lane.Revision);
            binding.BindInteger("ingest_seq", Lane.IngestSeq);
            binding.Identity = RowIdentity.Create(binding, binding._ordinals);
        }

        binding.Projection = Projection.Of(schema, binding._ordinals);
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
    public ColumnDecoder[] NewDecoders() => [.. _columns.Select(static column => column.Make())];

    /// <summary>Notes in a chunk which lanes this input has.</summary>
    public void BindLanes(RowChunk chunk)
    {
        chunk.Unbind();
        foreach (var (lane, _) in _columns)
        {
            if (lane is { } known)
            {
                chunk.Bind(known);
            }
        }
    }

    /// <summary>The lanes that this input has.</summary>
    public IEnumerable<Lane> Lanes => _columns.Where(static column => column.Lane is not null).Select(static column => column.Lane!.Value).Distinct();

    private bool FeedsFromWide(TableDefinition fed) => fed.Required.All(required =>
        required == fed.TimeColumn || TableDefinition.Alternatives(required).Any(column => TableMatch.Has(Schema, _settings, column, InputName)));

    private ColumnMapping? Mapping(string canonical) => _settings.Columns.GetValueOrDefault(canonical);

    private void BindTime()
    {
        var canonical = Table.TimeColumn;
        var ordinal = Ordinal(canonical);
        var field = Schema.Fields[ordinal];
        Check(field, canonical, InstantDecoder.Accepts(field), "timestamp, date or integer with a declared epoch unit");
        var rule = Rule(canonical, field, ordinal, isEventTime: true);
        if (rule is null)
        {
            return;
        }

        Add(null, [ordinal], () => new InstantDecoder(ordinal, field, null, rule));
        BindInstant("ingest_ts", Lane.IngestTs);
        BindInstant("interval_end", Lane.IntervalEnd);
        if (TableMatch.FindRaw(Schema, "indicatorcore.quarantine", InputName) is >= 0 and var quarantine)
        {
            var reasons = new KeySpace(static name => (int)QuarantineNames.Parse(name));
            Add(Lane.Quarantine, [quarantine], () => new KeyDecoder(quarantine, Lane.Quarantine, reasons, new KeyTranslation(null)));
        }
    }

    private void BindTable(string table)
    {
        var needs = _context.Needs;
        switch (table)
        {
            case "connectivity" when needs.HasFlag(TableNeeds.Connectivity):
                BindScope(withLine: false);
                BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                BindFlag("online", Lane.Online);
                BindKey("link", Lane.Link, new KeySpace(RadioAccess.Classify), "-");
                break;
            case "radio" when needs.HasFlag(TableNeeds.Radio):
                BindScope(withLine: true);
                BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                BindKey("cell", Lane.Cell, new KeySpace(RadioAccess.Present), "-");
                BindRat();
                BindMeasure("rsrp_dbm", Lane.Rsrp, MeasureRule.Of(1_000_000, Mapping("rsrp_dbm"), s_decibelSentinels, -156, -31, ReportIndex.Rsrp));
                BindMeasure("sinr_db", Lane.Sinr, MeasureRule.Of(1_000_000, Mapping("sinr_db"), s_decibelSentinels, -23, 40, ReportIndex.Sinr));
                if (needs.HasFlag(TableNeeds.Grid))
                {
                    BindMeasure("x_m", Lane.X, MeasureRule.Of(1_000_000, Mapping("x_m")));
                    BindMeasure("y_m", Lane.Y, MeasureRule.Of(1_000_000, Mapping("y_m")));
                    BindInteger("floor", Lane.Floor);
                    BindKey("grid", Lane.Grid, new KeySpace(_context.Keys.Grids), "-");
                }

                break;
            case "production" when needs.HasFlag(TableNeeds.Production):
                BindScope(withLine: true);
                BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                BindKey("product", Lane.Product, new KeySpace(_context.Keys.Products));
                BindKey("unit", Lane.Unit, new KeySpace(_context.Keys.Units));
                BindMeasure("q_good", Lane.QGood, MeasureRule.Of(1_000_000, Mapping("q_good")));
                BindTimeInput("labour", Lane.Labour);
                // planned busy hours are the machine input; machine_h serves where they are absent (indicator-definitions 10.2)
                if (!BindTimeInput("planned_busy", Lane.Machine))
                {
                    BindTimeInput("machine", Lane.Machine);
                }

                break;
            case "cost" when needs.HasFlag(TableNeeds.Cost):
                BindScope(withLine: true);
                BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                BindInstant("period_end", Lane.PeriodEnd);
                BindKey("product", Lane.Product, new KeySpace(_context.Keys.Products));
                BindKey("element", Lane.Element, new KeySpace(_context.Keys.Elements));
                BindFlag("is_project_cost", Lane.IsProjectCost);
                BindMeasure("amount_cny", Lane.Amount, MeasureRule.Of(10_000, Mapping("amount_cny")));
                BindMeasure("q_good", Lane.QGood, MeasureRule.Of(1_000_000, Mapping("q_good")));
                break;
            case "energy" when needs.HasFlag(TableNeeds.Energy):
                BindScope(withLine: true);
                BindKey("device", Lane.Device, new KeySpace(_context.Keys.Devices));
                BindKey("product", Lane.Product, new KeySpace(_context.Keys.Products));
                BindMeasure("kwh", Lane.Kwh, MeasureRule.Of(1_000_000, Mapping("kwh")));
                break;
            default:
                break;
        }
    }

    private void BindScope(bool withLine)
    {
        BindKey("factory", Lane.Factory, new KeySpace(_context.Keys.Factories));
        BindKey("workshop", Lane.Workshop, new KeySpace(_context.Keys.Workshops));
        if (withLine)
        {
            BindKey("line", Lane.Line, new KeySpace(_context.Keys.Lines));
        }
    }

    // null or a mark with a cell is the profile's default technology, NR unless it says otherwise (indicator-definitions 1.4)
    private void BindRat()
    {
        if (_settings.DefaultRat is { } fallback && RadioAccess.Classify(fallback) == RadioAccess.Other)
        {
            if (!TableMatch.Has(Schema, _settings, "rat", InputName))
            {
                Add(Lane.Rat, [], () => new ConstantDecoder(Lane.Rat, isKey: true, RadioAccess.Other));
                return;
            }

            BindKey("rat", Lane.Rat, new KeySpace(RadioAccess.Classify), "-");
            Add(Lane.Rat, [], static () => new NullKeyDecoder(Lane.Rat, RadioAccess.Other));
            return;
        }

        BindKey("rat", Lane.Rat, new KeySpace(RadioAccess.Classify), "-");
    }

    private bool BindTimeInput(string name, Lane lane)
    {
        // held in seconds at 10⁻⁶ s: hours are multiplied by 3,600 before rounding (indicator-definitions 1.5)
        var hours = $"{name}_h";
        if (TableMatch.Has(Schema, _settings, hours, InputName))
        {
            BindMeasure(hours, lane, MeasureRule.Of((BigInteger)3_600 * 1_000_000, Mapping(hours)));
            return true;
        }

        var seconds = $"{name}_s";
        if (TableMatch.Has(Schema, _settings, seconds, InputName))
        {
            BindMeasure(seconds, lane, MeasureRule.Of(1_000_000, Mapping(seconds)));
            return true;
        }

        return false;
    }

    private void BindKey(string canonical, Lane lane, KeySpace space, params string[] marks)
    {
        if (IsBound(lane))
        {
            return;
        }

        var translation = new KeyTranslation(Mapping(canonical), marks);
        if (Mapping(canonical)?.Constant is { } constant)
        {
            var number = space.NumberOf(Encoding.UTF8.GetBytes(constant), translation);
            Add(lane, [], () => new ConstantDecoder(lane, isKey: true, number));
            return;
        }

        if (Ordinal(canonical) is >= 0 and var ordinal)
        {
            var field = Schema.Fields[ordinal];
            Check(field, canonical, KeyDecoder.Accepts(field), "text, a dictionary of text, an integer or fixed-size binary");
            Add(lane, [ordinal], () => new KeyDecoder(ordinal, lane, space, translation));
        }
    }

    private void BindMeasure(string canonical, Lane lane, MeasureRule rule)
    {
        if (IsBound(lane))
        {
            return;
        }

        if (Mapping(canonical)?.ProductOf is [var left, var right])
        {
            var (a, b) = (Factor(canonical, left), Factor(canonical, right));
            Add(lane, [a, b], () => new ProductDecoder(a, b, lane, rule));
            return;
        }

        if (Mapping(canonical)?.Constant is { } constant)
        {
            var value = decimal.Parse(constant, NumberStyles.Number, CultureInfo.InvariantCulture);
            var fixedPoint = (long)Kernels.FixedPointKernel.Exact((double)value, rule.Numerator, rule.Denominator);
            Add(lane, [], () => new ConstantDecoder(lane, isKey: false, fixedPoint));
            return;
        }

        if (Ordinal(canonical) is >= 0 and var ordinal)
        {
            var field = Schema.Fields[ordinal];
            Check(field, canonical, MeasureDecoder.Accepts(field), "an integer, a float or a decimal of up to 128 bits");
            Add(lane, [ordinal], () => new MeasureDecoder(ordinal, lane, rule));
        }
    }

    private void BindFlag(string canonical, Lane lane)
    {
        if (IsBound(lane))
        {
            return;
        }

        if (Mapping(canonical)?.Constant is { } constant)
        {
            var value = constant.Trim().ToLowerInvariant() is "1" or "true" or "是" ? 1 : 0;
            Add(lane, [], () => new ConstantDecoder(lane, isKey: false, value));
            return;
        }

        if (Ordinal(canonical) is >= 0 and var ordinal)
        {
            var field = Schema.Fields[ordinal];
            Check(field, canonical, FlagDecoder.Accepts(field), "bool or an integer 0/1");
            Add(lane, [ordinal], () => new FlagDecoder(ordinal, lane));
        }
    }

    private void BindInteger(string canonical, Lane lane)
    {
        if (!IsBound(lane) && Ordinal(canonical) is >= 0 and var ordinal)
        {
            var field = Schema.Fields[ordinal];
            Check(field, canonical, MeasureDecoder.Accepts(field), "a whole number");
            Add(lane, [ordinal], () => new IntegerDecoder(ordinal, lane));
        }
    }

    private void BindInstant(string canonical, Lane lane)
    {
        if (!IsBound(lane) && Ordinal(canonical) is >= 0 and var ordinal)
        {
            var field = Schema.Fields[ordinal];
            Check(field, canonical, InstantDecoder.Accepts(field), "timestamp, date or integer with a declared epoch unit");
            if (Rule(canonical, field, ordinal, isEventTime: false) is { } rule)
            {
                Add(lane, [ordinal], () => new InstantDecoder(ordinal, field, lane, rule));
            }
        }
    }

    private InstantRule? Rule(string canonical, Field field, int ordinal, bool isEventTime)
    {
        var zone = _settings.TimeZone is { } name
            ? ReportingClock.TryFindZone(name, out var found)
                ? found
                : throw new ConfigurationException($"The time zone '{name}' is unknown", new DataLocation(File: InputName), "Use an IANA name such as Asia/Shanghai.")
            : null;
        if (zone is null && InstantDecoder.IsNaive(field))
        {
            if (_context.Query.OnBad == OnBad.Skip)
            {
                ZoneUndeclared = true;
                _ordinals.Add(ordinal);
                return null;
            }

            throw new SchemaMismatchException(
                "The timestamps have no time zone and the source declares none (TZ_UNDECLARED)",
                new DataLocation(File: InputName, Table: Table.Name, Column: field.Name),
                advice: "Declare it in a source profile (--source), such as { \"zone\": \"Asia/Shanghai\" }.");
        }

        var unit = Mapping(canonical)?.Format switch
        {
            "epoch_s" => 1_000_000_000L,
            "epoch_ms" => 1_000_000,
            "epoch_us" => 1_000,
            "epoch_ns" => 1,
            _ => 0,
        };
        if (field.Type.Id == ArrowTypeId.Int && unit == 0)
        {
            throw new SchemaMismatchException(
                "An integer column holds instants and its unit is not declared",
                new DataLocation(File: InputName, Table: Table.Name, Column: field.Name),
                advice: $"Declare it in a source profile (--source): \"columns\": {{ \"{canonical}\": {{ \"from\": \"{field.Name}\", \"format\": \"epoch_ms\" }} }}.");
        }

        var end = isEventTime && _settings.Stamp == TimestampStamp.End ? _settings.IntervalNanoseconds ?? 0 : 0;
        return new InstantRule
        {
            Zone = zone ?? (field.Type.Id == ArrowTypeId.Date ? _context.Clock.Zone : null),
            NanosecondsPerUnit = unit,
            EndToStart = end,
            Midnight = _settings.Midnight,
        };
    }

    private void BindFilters()
    {
        foreach (var (key, value) in _context.Query.Where)
        {
            var ordinal = Ordinal(key);
            if (ordinal >= 0)
            {
                var translation = new KeyTranslation(Mapping(key));
                Add(null, [ordinal], () => new FilterDecoder(ordinal, value, translation));
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

    private int Factor(string canonical, string name) => TableMatch.FindRaw(Schema, name, InputName) is >= 0 and var ordinal
        && MeasureDecoder.Accepts(Schema.Fields[ordinal])
        ? ordinal
        : throw TableMatch.MissingColumn(Table.Name, name, Schema, InputName).At(new DataLocation(Column: canonical));

    private int Ordinal(string canonical) => TableMatch.Find(Schema, _settings, canonical, InputName);

    private bool IsBound(Lane lane) => _columns.Exists(column => column.Lane == lane);

    private void Add(Lane? lane, int[] ordinals, Func<ColumnDecoder> make)
    {
        _columns.Add((lane, make));
        _ordinals.UnionWith(ordinals);
    }

    private void Check(Field field, string canonical, bool accepted, string wanted)
    {
        if (!accepted)
        {
            throw new SchemaMismatchException(
                $"The column holds {field.Type} and '{canonical}' needs {wanted}",
                new DataLocation(File: InputName, Table: Table.Name, Column: field.Name),
                advice: "Write the column with such a type, or convert a text export with 'indicators import csv'.");
        }
    }
}
