using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IndicatorCore.Sources;

/// <summary>A source profile as canonical JSON: the bytes depend on the meaning alone.</summary>
internal static class SourceProfileWriter
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string? name, SourceRule defaults, IReadOnlyList<SourceRule> files)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            Text(json, "name", name);
            Rule(json, defaults);
            if (files.Count > 0)
            {
                json.WriteStartArray("files");
                foreach (var file in files)
                {
                    json.WriteStartObject();
                    Text(json, "pattern", file.Pattern);
                    Rule(json, file);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>The rule that gives <paramref name="settings"/>.</summary>
    public static SourceRule Rule(SourceSettings settings) => new()
    {
        Table = settings.Table,
        Delimiter = settings.Delimiter,
        Encoding = settings.Encoding,
        Zone = settings.TimeZone,
        Stamp = settings.Stamp == TimestampStamp.End ? TimestampStamp.End : null,
        Interval = settings.IntervalNanoseconds,
        Midnight = settings.Midnight == MidnightStamp.LabelledDay ? MidnightStamp.LabelledDay : null,
        Plausible = settings.PlausibleFrom is null && settings.PlausibleTo is null
            ? null
            : new PlausibleRange(Bound(settings.PlausibleFrom), Bound(settings.PlausibleTo)),
        NominalPeriod = settings.NominalPeriodNanoseconds,
        HeartbeatTimeout = settings.HeartbeatTimeoutNanoseconds,
        DefaultRat = settings.DefaultRat,
        CostPeriodIsMonth = settings.CostPeriodIsMonth ? true : null,
        Identity = settings.Identity is null && settings.IdentityExcept.Count == 0
            ? null
            : new SourceIdentity(settings.Identity, settings.IdentityExcept),
        Columns = settings.Columns,
    };

    private static PlausibleBound? Bound(long? nanoseconds) => nanoseconds is { } value
        ? new PlausibleBound(default, DateTimeOffset.UnixEpoch.AddTicks(value / 100))
        : null;

    private static void Rule(Utf8JsonWriter json, SourceRule rule)
    {
        Text(json, "table", rule.Table);
        Text(json, "delimiter", rule.Delimiter);
        Text(json, "encoding", rule.Encoding);
        Text(json, "zone", rule.Zone);
        Text(json, "stamp", rule.Stamp switch { TimestampStamp.End => "end", TimestampStamp.Start => "start", _ => null });
        Duration(json, "interval", rule.Interval);
        Text(json, "midnight_stamp", rule.Midnight switch
        {
            MidnightStamp.LabelledDay => "labelled_day",
            MidnightStamp.NextDay => "next_day",
            _ => null,
        });
        if (rule.Plausible is { } plausible)
        {
            json.WriteStartArray("plausible");
            json.WriteStringValue(plausible.From?.ToString());
            json.WriteStringValue(plausible.To?.ToString());
            json.WriteEndArray();
        }

        Duration(json, "nominal_period", rule.NominalPeriod);
        Duration(json, "heartbeat_timeout", rule.HeartbeatTimeout);
        Text(json, "default_rat", rule.DefaultRat);
        Text(json, "cost_period", rule.CostPeriodIsMonth switch { true => "month", false => "row", _ => null });
        Identity(json, rule.Identity);
        if (rule.Columns.Count > 0)
        {
            json.WriteStartObject("columns");
            foreach (var (name, mapping) in rule.Columns.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(name);
                Column(json, mapping);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
    }

    private static void Identity(Utf8JsonWriter json, SourceIdentity? identity)
    {
        if (identity is null)
        {
            return;
        }

        json.WriteStartObject("identity");
        if (identity.Columns is ["*"] or null)
        {
            json.WriteString("columns", identity.Columns is null ? "mapped" : "all");
        }
        else
        {
            Texts(json, "columns", identity.Columns);
        }

        if (identity.Except.Count > 0)
        {
            Texts(json, "except", identity.Except);
        }

        json.WriteEndObject();
    }

    private static void Column(Utf8JsonWriter json, ColumnMapping mapping)
    {
        Text(json, "from", mapping.From);
        Text(json, "format", mapping.Format);
        if (mapping.IsReportIndex)
        {
            json.WriteString("unit", "index");
        }
        else if (mapping.Unit is { } unit)
        {
            json.WriteString("unit", unit.Denominator.IsOne ? $"{unit.Numerator}" : $"{unit.Numerator}/{unit.Denominator}");
        }

        if (mapping.Values is { } values)
        {
            json.WriteStartObject("values");
            foreach (var (text, meaning) in values.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(text, meaning);
            }

            json.WriteEndObject();
        }

        Text(json, "constant", mapping.Constant);
        if (mapping.ProductOf is { } factors)
        {
            Texts(json, "product_of", factors);
        }

        if (mapping.Trim)
        {
            json.WriteBoolean("trim", value: true);
        }

        if (mapping.Missing is { } missing)
        {
            Texts(json, "missing", missing);
        }

        if (mapping.Sentinels is { } sentinels)
        {
            json.WriteStartArray("sentinels");
            foreach (var sentinel in sentinels)
            {
                json.WriteRawValue(sentinel.ToString("0.############################", CultureInfo.InvariantCulture));
            }

            json.WriteEndArray();
        }
    }

    private static void Text(Utf8JsonWriter json, string key, string? value)
    {
        if (value is not null)
        {
            json.WriteString(key, value);
        }
    }

    private static void Texts(Utf8JsonWriter json, string key, IReadOnlyList<string> values)
    {
        json.WriteStartArray(key);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void Duration(Utf8JsonWriter json, string key, long? nanoseconds) =>
        Text(json, key, nanoseconds is { } value ? ProfileDuration.Format(value) : null);
}
