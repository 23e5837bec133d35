using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IndicatorCore.Registry;

/// <summary>SHA-256 of what a registry says, whatever its files' row order, encoding, spelling of dates or language of headings.</summary>
internal static class RegistryDigest
{
    /// <summary>The digest, lower-case hexadecimal.</summary>
    public static string Of(IndicatorRegistry registry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "devices", registry.Devices.Select(static row => Line(
            [row.Device, row.Line, row.IsKey ? "1" : "0", row.Kind, row.Behind, row.Access, .. Days(row.Valid)])));
        Add(hash, "lines", registry.Lines.Select(static row => Line(
            [row.Line, row.Workshop, row.Factory, GoLive(row), row.Evidence, .. Days(row.Valid)])));
        Add(hash, "factories", registry.Factories.Select(static row => Line(
            [
                row.Factory, row.Name, row.Enterprise, row.CreditCode, row.City, row.District, row.Province, row.Industry, row.Class,
                Set(row.Parks), Set(row.Zones), Set(row.Operators), Pairs(row.Additional), .. Days(row.Valid),
            ])));
        Add(hash, "grid_cells", registry.GridCells.Select(static row => Line([row.Factory, Text(row.Floor), Text(row.X), Text(row.Y)])));
        Add(hash, "zones", registry.Zones.Select(static row => Line(
            [row.Zone, row.Population is { } people ? Text(people) : null, Pairs(row.Additional)])));
        Add(hash, "declared", registry.Declared.Select(static row => Line([row.Factory, row.Indicator, row.Text])));
        AddOptional(hash, "scenarios", registry.Scenarios.Select(static row => Line([row.Factory, row.Scenario, Set(row.Devices), .. Days(row.Valid)])));
        AddOptional(hash, "systems", registry.Systems.Select(static row => Line([row.Factory, row.System, .. Days(row.Valid)])));
        AddOptional(hash, "assets", registry.Assets.Select(static row => Line([row.Asset, row.Kind, row.Factory, Set(row.Zones), .. Days(row.Valid)])));
        AddOptional(hash, "calendar", registry.Calendar.Select(static row => Line([row.Line, row.Device, Bound(row.Start), Bound(row.End)])));
        AddOptional(hash, "shifts", registry.Shifts.Select(static row => Line([row.Factory, row.Name, Time(row.Start), Time(row.End)])));
        AddOptional(hash, "projects", registry.Projects.Select(static row => Line([row.Project, row.Class, row.Factory, Set(row.Scope)])));
        AddOptional(hash, "price_index", registry.PriceIndex.Select(static row => Line(
            [row.Element, Day(row.Month), row.Index.ToString("0.############################", CultureInfo.InvariantCulture)])));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // a registry without the table keeps the digest that it had before there was one
    private static void AddOptional(IncrementalHash hash, string table, IEnumerable<string> lines)
    {
        if (lines.Any())
        {
            Add(hash, table, lines);
        }
    }

    private static void Add(IncrementalHash hash, string table, IEnumerable<string> lines)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{table}\n"));
        foreach (var line in lines.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }
    }

    // lengths in front keep fields apart whatever they hold; null and empty differ
    private static string Line(IReadOnlyList<string?> fields) =>
        $"{string.Concat(fields.Select(static field => field is null ? "-;" : $"{field.Length}:{field};"))}\n";

    private static string GoLive(LineRecord line) => line switch
    {
        { GoLiveInstant: { } instant } => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        { GoLiveDate: { } date } => Day(date),
        _ => string.Empty,
    };

    private static string Bound(CalendarBound bound) => bound switch
    {
        { Local: { } local } => local.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        { Instant: { } instant } => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        _ => string.Empty,
    };

    private static string Time(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);

    private static string?[] Days(DayBounds valid) =>
        [valid.From is { } from ? Day(from) : null, valid.To is { } to ? Day(to) : null];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Set(IReadOnlyList<string> values) => Line([.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    private static string Pairs(IReadOnlyDictionary<string, string> values) => Line(
        [.. values.OrderBy(static pair => pair.Key, StringComparer.Ordinal).SelectMany(static pair => new[] { pair.Key, pair.Value })]);
}
