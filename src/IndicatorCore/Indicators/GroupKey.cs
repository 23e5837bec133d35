namespace IndicatorCore.Indicators;

/// <summary>The keys that figures can be grouped by (interface 3, <c>--by</c>).</summary>
internal static class GroupKey
{
    /// <summary>All keys, from coarse to fine.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "province", "city", "district", "park", "zone", "industry", "class", "operator", "enterprise", "factory", "workshop", "line",
        "product", "device",
    ];

    /// <summary>Whether there is such a key.</summary>
    public static bool IsKnown(string key) => All.Contains(key);

    /// <summary>Whether the key names something inside a factory.</summary>
    public static bool IsBelowFactory(string key) => key is "workshop" or "line" or "product" or "device";

    /// <summary>Whether the key names sets of enterprises: what disclosure control applies to (indicator-definitions 10.1).</summary>
    public static bool IsAboveEnterprise(string key) => key is not "enterprise" and not "factory" && !IsBelowFactory(key);
}
