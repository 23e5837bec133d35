using System.Globalization;
using System.Numerics;
using IndicatorCore.Errors;

namespace IndicatorCore.Sources;

/// <summary>JSON to <see cref="SourceProfile"/>, every key and value judged.</summary>
internal static class SourceProfileReader
{
    private static readonly string[] s_settings =
    [
        "table", "delimiter", "encoding", "zone", "stamp", "interval", "midnight_stamp", "plausible", "nominal_period",
        "heartbeat_timeout", "default_rat", "cost_period", "identity", "columns",
    ];

    private static readonly string[] s_top = ["name", .. s_settings, "files"];

    private static readonly string[] s_file = ["pattern", .. s_settings];

    private static readonly string[] s_column =
        ["from", "format", "unit", "values", "constant", "product_of", "trim", "missing", "sentinels"];

    public static SourceProfile Read(ConfigurationNode root)
    {
        string? name = null;
        var rule = new SourceRule();
        var files = new List<SourceRule>();
        foreach (var (key, node) in root.Members())
        {
            switch (key)
            {
                case "name":
                    name = node.Name();
                    break;
                case "files":
                    files.AddRange(node.Elements().Select(ReadFile));
                    break;
                default:
                    rule = ReadSetting(rule, key, node, s_top);
                    break;
            }
        }

        Judge(rule, root);
        var elements = root.Members().FirstOrDefault(static member => member.Key == "files").Value;
        for (var i = 0; i < files.Count; i++)
        {
            Judge(files[i].Over(rule), elements.Elements()[i]);
        }

        return new SourceProfile(name, rule, files);
    }

    private static SourceRule ReadFile(ConfigurationNode file)
    {
        var rule = new SourceRule();
        foreach (var (key, node) in file.Members())
        {
            rule = key == "pattern" ? rule with { Pattern = node.Name() } : ReadSetting(rule, key, node, s_file);
        }

        return rule.Pattern is null ? throw file.Fault("has no \"pattern\"", "Such as \"pattern\": \"radio_*.csv\".") : rule;
    }

    private static SourceRule ReadSetting(SourceRule rule, string key, ConfigurationNode node, string[] known) => key switch
    {
        "table" => rule with { Table = Choice(node, CanonicalColumns.Tables) },
        "delimiter" => rule with { Delimiter = ReadDelimiter(node) },
        "encoding" => rule with { Encoding = ReadEncoding(node) },
        "zone" => rule with { Zone = ReadZone(node) },
        "stamp" => rule with { Stamp = Choice(node, ["start", "end"]) == "end" ? TimestampStamp.End : TimestampStamp.Start },
        "interval" => rule with { Interval = ReadDuration(node) },
        "midnight_stamp" => rule with
        {
            Midnight = Choice(node, ["next_day", "labelled_day"]) == "labelled_day" ? MidnightStamp.LabelledDay : MidnightStamp.NextDay,
        },
        "plausible" => rule with { Plausible = ReadPlausible(node) },
        "nominal_period" => rule with { NominalPeriod = ReadDuration(node) },
        "heartbeat_timeout" => rule with { HeartbeatTimeout = ReadDuration(node) },
        "default_rat" => rule with { DefaultRat = node.Name() },
        "cost_period" => rule with { CostPeriodIsMonth = Choice(node, ["month", "row"]) == "month" },
        "identity" => rule with { Identity = ReadIdentity(node) },
        "columns" => rule with { Columns = ReadColumns(node) },
        _ => throw node.Unknown(key, known),
    };

    private static void Judge(SourceRule rule, ConfigurationNode place)
    {
        if (rule.Stamp == TimestampStamp.End && rule.Interval is null)
        {
            throw place.Fault("says \"stamp\": \"end\" without \"interval\"", "Give the length of an interval, such as \"interval\": \"15min\".");
        }

        if (rule.Plausible is { From: { } from, To: { } to } && from.ToInstant(rule.Zone) >= to.ToInstant(rule.Zone))
        {
            throw place.Fault("has a \"plausible\" range that ends before it begins", "It is [from, to), from inclusive.");
        }
    }

    private static string Choice(ConfigurationNode node, IReadOnlyCollection<string> known)
    {
        var text = node.Text();
        return known.Contains(text, StringComparer.Ordinal) ? text : throw node.Fault("is not one of its values", NearestName.Advice(text, known));
    }

    private static string ReadDelimiter(ConfigurationNode node)
    {
        var text = node.Text();
        text = text is "tab" ? "\t" : text;
        return text.Length == 1 && char.IsAscii(text[0]) && !text.AsSpan().ContainsAny('"', '\r', '\n')
            ? text
            : throw node.Fault("cannot separate fields", "One ASCII character, such as \",\" or \";\" or \"tab\".");
    }

    private static string ReadEncoding(ConfigurationNode node)
    {
        var text = node.Name();
        return TextEncodings.TryGet(text) is { } encoding
            ? encoding.WebName
            : throw node.Fault("is not a known encoding", "Such as \"utf-8\", \"GB18030\" or \"utf-16\".");
    }

    private static string ReadZone(ConfigurationNode node)
    {
        var text = node.Name();
        return LocalTime.TryZone(text) is not null
            ? text
            : throw node.Fault("is not a zone of the zone database", "Use an IANA name, such as \"Asia/Shanghai\".");
    }

    private static long ReadDuration(ConfigurationNode node) =>
        ProfileDuration.TryParse(node.Text(), out var nanoseconds)
            ? nanoseconds
            : throw node.Fault("is not a length of time", "A whole number above zero and d, h, min, s, ms, us or ns, such as \"15min\".");

    private static PlausibleRange ReadPlausible(ConfigurationNode node)
    {
        var ends = node.Elements();
        return ends.Count == 2
            ? new PlausibleRange(ReadBound(ends[0]), ReadBound(ends[1]))
            : throw node.Fault("must have two elements", "[from, to), such as [\"2015-01-01\", \"2016-01-01\"]; null leaves an end open.");
    }

    private static PlausibleBound? ReadBound(ConfigurationNode node) => node.IsNull
        ? null
        : PlausibleBound.Parse(node.Text())
            ?? throw node.Fault("is neither a date nor an instant", "Such as \"2015-01-01\" (local) or \"2015-01-01T00:00:00Z\".");

    private static SourceIdentity ReadIdentity(ConfigurationNode node)
    {
        if (!node.IsObject)
        {
            return new SourceIdentity(ReadIdentityColumns(node), []);
        }

        IReadOnlyList<string>? columns = null;
        IReadOnlyList<string> except = [];
        foreach (var (key, member) in node.Members())
        {
            switch (key)
            {
                case "columns":
                    columns = ReadIdentityColumns(member);
                    break;
                case "except":
                    except = member.Texts();
                    break;
                default:
                    throw member.Unknown(key, ["columns", "except"]);
            }
        }

        return new SourceIdentity(columns, except);
    }

    private static IReadOnlyList<string>? ReadIdentityColumns(ConfigurationNode node)
    {
        if (node.IsText)
        {
            return Choice(node, ["all", "mapped"]) == "all" ? ["*"] : null;
        }

        var columns = node.Texts();
        return columns.Count > 0 ? columns : throw node.Fault("names no column", "Give \"all\", \"mapped\" or a list of columns.");
    }

    private static Dictionary<string, ColumnMapping> ReadColumns(ConfigurationNode node)
    {
        var columns = new Dictionary<string, ColumnMapping>();
        foreach (var (name, member) in node.Members())
        {
            if (!CanonicalColumns.TryKind(name, out var kind))
            {
                throw member.Unknown(name, CanonicalColumns.All);
            }

            columns[name] = member.IsText ? new ColumnMapping { From = member.Name() } : ReadColumn(name, kind, member);
        }

        return columns;
    }

    private static ColumnMapping ReadColumn(string name, CanonicalKind kind, ConfigurationNode column)
    {
        var mapping = new ColumnMapping();
        foreach (var (key, node) in column.Members())
        {
            mapping = key switch
            {
                "from" => mapping with { From = node.Name() },
                "format" when kind != CanonicalKind.Instant => throw Unfit(node, key, name, "an instant"),
                "format" => mapping with { Format = ReadFormat(node) },
                "unit" when kind != CanonicalKind.Measure => throw Unfit(node, key, name, "a measure"),
                "unit" when node.IsText && node.Text() == "index" => name is "rsrp_dbm" or "sinr_db"
                    ? mapping with { IsReportIndex = true }
                    : throw node.Fault("stands for report indices of RSRP and SINR only"),
                "unit" => mapping with { Unit = ReadFraction(node) },
                "values" when kind == CanonicalKind.Instant => throw Unfit(node, key, name, "a key, a measure or a flag"),
                "values" => mapping with { Values = ReadValues(node) },
                "constant" => mapping with { Constant = ReadScalar(node) },
                "product_of" when kind != CanonicalKind.Measure => throw Unfit(node, key, name, "a measure"),
                "product_of" => mapping with { ProductOf = ReadFactors(node) },
                "trim" => mapping with { Trim = node.Flag() },
                "missing" => mapping with { Missing = node.Texts() },
                "sentinels" when kind != CanonicalKind.Measure => throw Unfit(node, key, name, "a measure"),
                "sentinels" => mapping with { Sentinels = [.. node.Elements().Select(static element => element.Number())] },
                _ => throw node.Unknown(key, s_column),
            };
        }

        var sources = (mapping.From is null ? 0 : 1) + (mapping.Constant is null ? 0 : 1) + (mapping.ProductOf is null ? 0 : 1);
        if (sources > 1)
        {
            throw column.Fault("has more than one of \"from\", \"constant\" and \"product_of\"", "A column has one source.");
        }

        return mapping;
    }

    private static ConfigurationException Unfit(ConfigurationNode node, string key, string column, string kind) =>
        node.Fault($"does not apply: {column} is not {kind}", $"Leave \"{key}\" out.");

    private static string ReadFormat(ConfigurationNode node)
    {
        var format = node.Name();
        if (format is "epoch_s" or "epoch_ms" or "epoch_us" or "epoch_ns")
        {
            return format;
        }

        if (format.StartsWith("epoch", StringComparison.Ordinal))
        {
            throw node.Fault("is not an epoch unit", "Use epoch_s, epoch_ms, epoch_us or epoch_ns.");
        }

        var probe = new DateTime(2024, 11, 23, 21, 34, 56, DateTimeKind.Unspecified);
        try
        {
            var text = probe.ToString(format, CultureInfo.InvariantCulture);
            if (DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var back)
                && (back.Date == probe.Date || format.Contains('K', StringComparison.Ordinal) || format.Contains('z', StringComparison.Ordinal)))
            {
                return format;
            }
        }
        catch (FormatException)
        {
            // said below
        }

        throw node.Fault("is not a pattern that names a date", "A .NET pattern, such as \"dd/MM/yyyy HH:mm\": MM is the month, mm the minute.");
    }

    /// <summary>A factor above zero: a decimal number, or a fraction of two.</summary>
    public static ExactFraction ReadFraction(ConfigurationNode node)
    {
        var text = node.TextOrNumber();
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (TryDecimal(slash < 0 ? text : text[..slash], out var numerator, out var scale)
            && TryDecimal(slash < 0 ? "1" : text[(slash + 1)..], out var denominator, out var scaleBelow)
            && numerator.Sign > 0
            && denominator.Sign > 0)
        {
            numerator *= BigInteger.Pow(10, scaleBelow);
            denominator *= BigInteger.Pow(10, scale);
            var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
            return new ExactFraction(numerator / divisor, denominator / divisor);
        }

        throw node.Fault("is not an exact factor above zero", "Such as \"1/1000\", 1000 or 0.001 (canonical = own × factor), or \"index\".");
    }

    private static bool TryDecimal(string text, out BigInteger mantissa, out int scale)
    {
        var trimmed = text.Trim();
        var point = trimmed.IndexOf('.', StringComparison.Ordinal);
        scale = point < 0 ? 0 : trimmed.Length - point - 1;
        mantissa = default;
        return trimmed.Length is > 0 and <= 40
            && BigInteger.TryParse(point < 0 ? trimmed : trimmed.Remove(point, 1), NumberStyles.None, CultureInfo.InvariantCulture, out mantissa);
    }

    private static Dictionary<string, string> ReadValues(ConfigurationNode node)
    {
        var values = new Dictionary<string, string>();
        foreach (var (text, meaning) in node.Members())
        {
            if (!values.TryAdd(text.Trim(), ReadScalar(meaning)))
            {
                throw meaning.Fault("is given twice: blanks around a value do not count");
            }
        }

        return values.Count > 0 ? values : throw node.Fault("maps no value");
    }

    private static string ReadScalar(ConfigurationNode node)
    {
        try
        {
            return node.TextOrNumber();
        }
        catch (ConfigurationException)
        {
            return node.Flag() ? "true" : "false";
        }
    }

    private static IReadOnlyList<string> ReadFactors(ConfigurationNode node)
    {
        var factors = node.Texts();
        return factors.Count == 2 && factors.All(static factor => factor.Length > 0)
            ? factors
            : throw node.Fault("must name two columns", "Such as [\"workers\", \"productivity\"].");
    }
}
