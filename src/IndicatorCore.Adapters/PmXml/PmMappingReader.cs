using System.Text.RegularExpressions;
using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.PmXml;

/// <summary>Reads a <see cref="PmMapping"/> from JSON; every fault names its place in the file.</summary>
internal static class PmMappingReader
{
    private static readonly string[] s_rootKeys = ["counters", "objects", "zone"];
    private static readonly string[] s_counterKeys = ["measType", "kind", "table", "column", "unit", "direction", "weight", "weight_column"];
    private static readonly string[] s_scopes = ["factory", "workshop", "line", "device", "cell", "rat"];
    private static readonly string[] s_gaugeTables = ["radio", "probe", "telemetry"];
    private static readonly string[] s_directions = ["ul", "dl"];

    public static PmMapping Parse(string json, string file)
    {
        var root = ConfigurationNode.Parse(json, file, "mapping");
        var members = Members(root, s_rootKeys);
        var counters = members.TryGetValue("counters", out var list)
            ? list.Elements().Select(Counter).ToList()
            : throw root.Fault("has no \"counters\"", "Add \"counters\": [ { \"measType\": \"DRB.PdcpSduVolumeDL\", \"kind\": \"volume\" } ].");
        for (var i = 0; i < counters.Count; i++)
        {
            if (counters.FindIndex(other => other.MeasType == counters[i].MeasType) < i)
            {
                throw list.Fault($"names the measurement type \"{counters[i].MeasType}\" twice");
            }

            if (counters.FindIndex(other => other.Kind != PmCounterKind.Volume && other.Table == counters[i].Table && other.Column == counters[i].Column) is >= 0 and var same && same < i)
            {
                throw list.Fault($"puts \"{counters[same].MeasType}\" and \"{counters[i].MeasType}\" into one column of {counters[i].Table}");
            }
        }

        return new PmMapping
        {
            Counters = counters,
            Objects = members.TryGetValue("objects", out var objects) ? [.. objects.Elements().Select(Rule)] : [],
            TimeZone = members.TryGetValue("zone", out var zone) ? Zone(zone) : null,
        };
    }

    private static PmCounter Counter(ConfigurationNode node)
    {
        var members = Members(node, s_counterKeys);
        var name = members.TryGetValue("measType", out var type) ? type.Name() : throw node.Fault("has no \"measType\"", "Name the measurement type as the file does.");
        var kind = !members.TryGetValue("kind", out var kindNode) ? throw node.Fault("has no \"kind\"", "Say volume, gauge or mean.") : kindNode.Text() switch
        {
            "volume" => PmCounterKind.Volume,
            "gauge" => PmCounterKind.Gauge,
            "mean" => PmCounterKind.Mean,
            _ => throw kindNode.Fault("is no kind", "Say volume, gauge or mean."),
        };
        var counter = new PmCounter
        {
            MeasType = name,
            Kind = kind,
            Table = Table(kind, members.GetValueOrDefault("table")),
            Column = Column(node, kind, members.GetValueOrDefault("column")),
            Unit = members.TryGetValue("unit", out var unit) ? SourceProfileReader.ReadFraction(unit) : new ExactFraction(1, 1),
            Direction = members.TryGetValue("direction", out var direction) ? Direction(kind, direction) : null,
            Weight = members.TryGetValue("weight", out var weight) ? weight.Name() : null,
            WeightColumn = members.TryGetValue("weight_column", out var weightColumn) ? weightColumn.Name() : null,
        };
        if (kind == PmCounterKind.Mean && counter.Weight is null)
        {
            throw node.Fault("is a mean without a \"weight\"", "Means of periods or objects may only be rolled up by their packets or volume: name the measurement type that counts them.");
        }

        if (kind != PmCounterKind.Mean && (counter.Weight ?? counter.WeightColumn) is not null)
        {
            throw node.Fault("has a weight, and only means are weighed");
        }

        if (kind == PmCounterKind.Gauge && counter.Table != "telemetry" && !CanonicalColumns.Of(counter.Table).Contains(counter.Column, StringComparer.Ordinal))
        {
            throw node.Fault($"names the column \"{counter.Column}\", which {counter.Table} has not", NearestName.Advice(counter.Column, [.. CanonicalColumns.Of(counter.Table)]));
        }

        return kind == PmCounterKind.Mean ? counter with { WeightColumn = counter.WeightColumn ?? $"{counter.Column}_weight" } : counter;
    }

    private static string Table(PmCounterKind kind, ConfigurationNode? node)
    {
        var usual = kind switch { PmCounterKind.Volume => "counter", PmCounterKind.Gauge => "radio", _ => TableCatalog.Telemetry };
        var table = node?.Text() ?? usual;
        return table == usual || (kind == PmCounterKind.Gauge && s_gaugeTables.Contains(table, StringComparer.Ordinal))
            ? table
            : throw node!.Fault($"is no table for a {kind.ToString().ToLowerInvariant()}", kind switch
            {
                PmCounterKind.Volume => "Volumes go to counter.",
                PmCounterKind.Gauge => "Gauges go to radio, probe or telemetry.",
                _ => "Means go to telemetry, beside their weights, for indicators of your own: a table of samples would take them for samples.",
            });
    }

    private static string Column(ConfigurationNode counter, PmCounterKind kind, ConfigurationNode? node)
    {
        if (kind == PmCounterKind.Volume)
        {
            return node is null ? "bytes" : throw node.Fault("is not for volumes, which are bytes", "Leave \"column\" out.");
        }

        var column = node?.Name() ?? throw counter.Fault("has no \"column\"", "Name the column its values go to.");
        return column is PmColumns.Time or PmColumns.Object or PmColumns.Quarantine || s_scopes.Contains(column, StringComparer.Ordinal)
            ? throw node.Fault("is a column of the import itself")
            : kind == PmCounterKind.Mean && CanonicalColumns.TryKind(column, out _)
            ? throw node.Fault("is a column of samples, and a mean is none", "Take a name of your own, such as \"mean_delay_ms\".")
            : column;
    }

    private static string Direction(PmCounterKind kind, ConfigurationNode node) =>
        kind != PmCounterKind.Volume ? throw node.Fault("is for volumes alone")
        : s_directions.Contains(node.Text(), StringComparer.Ordinal) ? node.Text()
        : throw node.Fault("is no direction", "Say ul or dl.");

    private static PmObjectRule Rule(ConfigurationNode node)
    {
        var members = node.Members();
        Regex? match = null;
        var columns = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in members)
        {
            if (name == "match")
            {
                try
                {
                    match = new Regex(value.Name(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
                }
                catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
                {
                    throw value.Fault($"is no regular expression that can be matched in linear time: {fault.Message}", "Look-arounds and back references are not among them.");
                }
            }
            else if (s_scopes.Contains(name, StringComparer.Ordinal))
            {
                columns.Add(new(name, value.Name()));
            }
            else
            {
                throw node.Unknown(name, ["match", .. s_scopes]);
            }
        }

        return new PmObjectRule(match ?? throw node.Fault("has no \"match\"", "Add \"match\": \"NRCellDU=(\\\\d+)\", a regular expression over the object's name."), columns);
    }

    private static string Zone(ConfigurationNode node) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(node.Name(), out _) ? node.Text() : throw node.Fault("is no IANA zone", "Such as Asia/Shanghai.");

    private static Dictionary<string, ConfigurationNode> Members(ConfigurationNode node, string[] known)
    {
        var members = new Dictionary<string, ConfigurationNode>(StringComparer.Ordinal);
        foreach (var (name, value) in node.Members())
        {
            members.Add(name, known.Contains(name, StringComparer.Ordinal) ? value : throw node.Unknown(name, known));
        }

        return members;
    }
}
