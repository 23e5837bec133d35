using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using IndicatorCore.Errors;
using IndicatorCore.Registry;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators;

/// <summary>
/// A versioned table of scoring functions (<c>--scoring</c>): the points of a countable item of the zone table by its quantity, piecewise
/// linear, never falling, within the item's cap (indicator-definitions 9). Immutable; the format is described in docs/verify.md.
/// </summary>
public sealed class ZoneScoring
{
    /// <summary>How many units of a breakpoint's quantity are one.</summary>
    internal const long QuantityUnits = 1_000_000;

    private const decimal MostQuantity = 1_000_000_000_000m;
    private const int MostBreakpoints = 1_000;

    private static readonly string[] s_keys = ["id", "version", "items"];

    private readonly Dictionary<ZoneItem, (BigInteger Quantity, long Hundredths)[]> _items;

    private ZoneScoring(string id, int version, Dictionary<ZoneItem, (BigInteger Quantity, long Hundredths)[]> items)
    {
        (Id, Version, _items) = (id, version, items);
        var canonical = new StringBuilder($"{id}@{version}\n");
        foreach (var item in ZoneTable.Items.Where(items.ContainsKey))
        {
            canonical.Append(item.Name).AppendJoin(' ', items[item].Select(static point => $" {point.Quantity}:{point.Hundredths}")).Append('\n');
        }

        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
    }

    /// <summary>The table's name.</summary>
    public string Id { get; }

    /// <summary>Its version, from 1.</summary>
    public int Version { get; }

    /// <summary>SHA-256 of what it says, lower-case hexadecimal: equal for files that differ in spelling alone.</summary>
    public string Digest { get; }

    /// <summary>The items that it scores, as the zone table prints them, in its order.</summary>
    public IReadOnlyList<string> Items => [.. ZoneTable.Items.Where(_items.ContainsKey).Select(static item => item.Name)];

    /// <summary><c>id@version</c>.</summary>
    public override string ToString() => $"{Id}@{Version}";

    /// <summary>Reads a table from JSON (comments and trailing commas allowed).</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">How errors call it, usually its path.</param>
    /// <exception cref="ConfigurationException">It is no JSON, or says something unknown or impossible: an item that is no countable one, points that
    /// fall, that are above the item's cap or finer than 0.01. The message names the file and the place in it.</exception>
    public static ZoneScoring Parse(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(name);
        var root = ConfigurationNode.Parse(json, name, "scoring table");
        string? id = null;
        int? version = null;
        Dictionary<ZoneItem, (BigInteger Quantity, long Hundredths)[]>? items = null;
        foreach (var (key, node) in root.Members())
        {
            switch (key)
            {
                case "id":
                    id = node.Name();
                    break;
                case "version":
                    version = node.Integer(1, int.MaxValue);
                    break;
                case "items":
                    items = ItemsOf(node);
                    break;
                default:
                    throw node.Unknown(key, s_keys);
            }
        }

        return id is not null && version is { } known && items is { Count: > 0 }
            ? new ZoneScoring(id, known, items)
            : throw root.Fault("lacks id, version or items", "It is { \"id\": \"...\", \"version\": 1, \"items\": { ITEM: [[QUANTITY, POINTS], ...] } }.");
    }

    /// <summary>Reads a table from a file.</summary>
    /// <param name="path">The path of a UTF-8 JSON file.</param>
    /// <exception cref="ConfigurationException">As for <see cref="Parse"/>.</exception>
    /// <exception cref="LimitExceededException">It is far too long.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ZoneScoring Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(ConfigurationText.Read(path), path);
    }

    /// <summary>The breakpoints of an item, ascending by quantity (at 10⁻⁶) and points (in hundredths); empty where it has no function.</summary>
    internal ReadOnlySpan<(BigInteger Quantity, long Hundredths)> Of(ZoneItem item) => _items.GetValueOrDefault(item);

    private static Dictionary<ZoneItem, (BigInteger Quantity, long Hundredths)[]> ItemsOf(ConfigurationNode node)
    {
        var items = new Dictionary<ZoneItem, (BigInteger Quantity, long Hundredths)[]>();
        string[] countable = [.. ZoneTable.Items.Where(static item => item.IsCountable).Select(static item => item.Name)];
        foreach (var (name, curve) in node.Members())
        {
            var item = (ZoneTable.Find(name) is { IsCountable: true } known ? known : null)
                ?? throw curve.Fault("is no countable item of the zone table", NearestName.Advice(name, countable));
            if (!items.TryAdd(item, Curve(curve, item)))
            {
                throw curve.Fault("scores an item that another key scores");
            }
        }

        return items;
    }

    private static (BigInteger Quantity, long Hundredths)[] Curve(ConfigurationNode node, ZoneItem item)
    {
        var points = new List<(BigInteger Quantity, long Hundredths)>();
        foreach (var pair in node.Elements())
        {
            if (pair.Elements() is not [var quantity, var score])
            {
                throw pair.Fault("must be a pair [quantity, points]");
            }

            var (at, hundredths) = (quantity.Number(), score.Number() * 100);
            if (at < 0 || at > MostQuantity || decimal.Truncate(at * QuantityUnits) != at * QuantityUnits)
            {
                throw quantity.Fault($"must be from 0 to {MostQuantity.ToString(CultureInfo.InvariantCulture)} with at most 6 decimals");
            }

            if (hundredths < 0 || decimal.Truncate(hundredths) != hundredths)
            {
                throw score.Fault("must be points from 0 with at most two decimals");
            }

            if (hundredths > item.Cap * 100)
            {
                throw score.Fault($"is above the cap of {item.Cap} points of {item.Name}", "A function ends at most at its item's cap.");
            }

            var point = (Quantity: (BigInteger)(at * QuantityUnits), Hundredths: (long)hundredths);
            if (points.Count > 0 && (point.Quantity <= points[^1].Quantity || point.Hundredths < points[^1].Hundredths))
            {
                throw pair.Fault("does not follow the pair before", "Quantities rise from pair to pair, and points never fall.");
            }

            points.Add(point);
        }

        return points.Count is > 0 and <= MostBreakpoints ? [.. points] : throw node.Fault($"must have 1 to {MostBreakpoints} pairs [quantity, points]");
    }
}
