using System.Globalization;
using System.Numerics;
using System.Text;
using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Binds canonical columns of one schema to lanes, each kind in its way: the mapped name first, then the canonical one.</summary>
internal sealed class LaneBinder(EngineContext context, Schema schema, string inputName, SourceSettings settings, TableDefinition table)
{
    private readonly SortedSet<int> _ordinals = [];
    private readonly List<(Lane? Lane, Func<ColumnDecoder> Make)> _columns = [];

    /// <summary>The columns to read.</summary>
    public SortedSet<int> Ordinals => _ordinals;

    /// <summary>What is bound: its lane, or null for event times and filters, and how a worker makes its decoder; in the order in which they must run.</summary>
    /// <remarks>A list, not an interface: it is walked for every batch, and an enumerator would be allocated.</remarks>
    public List<(Lane? Lane, Func<ColumnDecoder> Make)> Columns => _columns;

    /// <summary>What is wrong with stamps that are wall-clock time of an undeclared zone, or null.</summary>
    public SchemaMismatchException? ZoneFault { get; private set; }

    /// <summary>What the profile says of a canonical column, or null.</summary>
    public ColumnMapping? Mapping(string canonical) => settings.Columns.GetValueOrDefault(canonical);

    /// <summary>Binds an input in hours or seconds; false when the export has neither.</summary>
    /// <param name="name">The column's name before its unit.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="suffix">What follows the unit in the name.</param>
    public bool BindTimeInput(string name, Lane lane, string suffix = "")
    {
        // held in seconds at 10⁻⁶ s: hours are multiplied by 3,600 before rounding (indicator-definitions 1.5)
        var hours = $"{name}_h{suffix}";
        if (TableMatch.Has(schema, settings, hours, inputName))
        {
            BindMeasure(hours, lane, MeasureRule.Of((BigInteger)3_600 * 1_000_000, Mapping(hours)));
            return true;
        }

        var seconds = $"{name}_s{suffix}";
        if (TableMatch.Has(schema, settings, seconds, inputName))
        {
            BindMeasure(seconds, lane, MeasureRule.Of(1_000_000, Mapping(seconds)));
            return true;
        }

        return false;
    }

    /// <summary>Binds a key: mapped, constant or under its own name; nothing when it is absent.</summary>
    public void BindKey(string canonical, Lane lane, KeySpace space, params string[] marks)
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
            var field = schema.Fields[ordinal];
            Check(field, canonical, KeyDecoder.Accepts(field), "text, a dictionary of text, an integer or fixed-size binary");
            Add(lane, [ordinal], () => new KeyDecoder(ordinal, lane, space, translation));
        }
    }

    /// <summary>Binds a measure: mapped, constant, a product or under its own name; nothing when it is absent.</summary>
    public void BindMeasure(string canonical, Lane lane, MeasureRule rule)
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
            var field = schema.Fields[ordinal];
            Check(field, canonical, MeasureDecoder.Accepts(field), "an integer, a float or a decimal of up to 128 bits and 76 places");
            Add(lane, [ordinal], () => new MeasureDecoder(ordinal, lane, rule));
        }
    }

    /// <summary>Binds a flag; nothing when it is absent.</summary>
    public void BindFlag(string canonical, Lane lane)
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
            var field = schema.Fields[ordinal];
            Check(field, canonical, FlagDecoder.Accepts(field), "bool or an integer 0/1");
            Add(lane, [ordinal], () => new FlagDecoder(ordinal, lane));
        }
    }

    /// <summary>Binds a whole number; nothing when it is absent.</summary>
    public void BindInteger(string canonical, Lane lane)
    {
        if (!IsBound(lane) && Ordinal(canonical) is >= 0 and var ordinal)
        {
            var field = schema.Fields[ordinal];
            Check(field, canonical, MeasureDecoder.Accepts(field), "a whole number");
            Add(lane, [ordinal], () => new IntegerDecoder(ordinal, lane));
        }
    }

    /// <summary>Binds a further instant; nothing when it is absent.</summary>
    public void BindInstant(string canonical, Lane lane)
    {
        if (!IsBound(lane) && Ordinal(canonical) is >= 0 and var ordinal)
        {
            var field = schema.Fields[ordinal];
            Check(field, canonical, InstantDecoder.Accepts(field), "timestamp, date or integer with a declared epoch unit");
            if (Rule(canonical, field, ordinal, isEventTime: false) is { } rule)
            {
                Add(lane, [ordinal], () => new InstantDecoder(ordinal, field, lane, rule));
            }
        }
    }

    /// <summary>How a column of stamps becomes instants; null when its zone is undeclared and that is to be skipped.</summary>
    public InstantRule? Rule(string canonical, Field field, int ordinal, bool isEventTime)
    {
        var zone = settings.TimeZone is { } name
            ? ReportingClock.TryFindZone(name, out var found)
                ? found
                : throw new ConfigurationException($"The time zone '{name}' is unknown", new DataLocation(File: inputName), "Use an IANA name such as Asia/Shanghai.")
            : null;
        if (zone is null && InstantDecoder.IsNaive(field))
        {
            var fault = new SchemaMismatchException(
                "The timestamps have no time zone and the source declares none (TZ_UNDECLARED)",
                new DataLocation(File: inputName, Table: table.Name, Column: field.Name),
                advice: "Declare it in a source profile (--source), such as { \"zone\": \"Asia/Shanghai\" }.");
            if (context.Query.OnBad == OnBad.Skip)
            {
                ZoneFault ??= fault;
                _ordinals.Add(ordinal);
                return null;
            }

            throw fault;
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
                new DataLocation(File: inputName, Table: table.Name, Column: field.Name),
                advice: $"Declare it in a source profile (--source): \"columns\": {{ \"{canonical}\": {{ \"from\": \"{field.Name}\", \"format\": \"epoch_ms\" }} }}.");
        }

        var end = isEventTime && settings.Stamp == TimestampStamp.End ? settings.IntervalNanoseconds ?? 0 : 0;
        return new InstantRule
        {
            Zone = zone ?? (field.Type.Id == ArrowTypeId.Date ? context.Clock.Zone : null),
            NanosecondsPerUnit = unit,
            EndToStart = end,
            Midnight = settings.Midnight,
        };
    }

    private int Factor(string canonical, string name) => TableMatch.FindRaw(schema, name, inputName) is >= 0 and var ordinal
        && MeasureDecoder.Accepts(schema.Fields[ordinal])
        ? ordinal
        : throw TableMatch.MissingColumn(table.Name, name, schema, inputName).At(new DataLocation(Column: canonical));

    /// <summary>The ordinal of a canonical column, or -1.</summary>
    public int Ordinal(string canonical) => TableMatch.Find(schema, settings, canonical, inputName);

    private bool IsBound(Lane lane) => _columns.Exists(column => column.Lane == lane);

    /// <summary>Adds a decoder and the columns that it reads.</summary>
    public void Add(Lane? lane, int[] ordinals, Func<ColumnDecoder> make)
    {
        _columns.Add((lane, make));
        _ordinals.UnionWith(ordinals);
    }

    /// <summary>Refuses a column of a type that does not fit.</summary>
    public void Check(Field field, string canonical, bool accepted, string wanted)
    {
        if (!accepted)
        {
            throw new SchemaMismatchException(
                $"The column holds {field.Type} and '{canonical}' needs {wanted}",
                new DataLocation(File: inputName, Table: table.Name, Column: field.Name),
                advice: "Write the column with such a type, or convert a text export with 'indicators import csv'.");
        }
    }
}
