namespace IndicatorCore.Registry;

/// <summary>The cost elements of the definitions (section 5). Data may spell others; these are the ones to expect.</summary>
internal static class CostElements
{
    private static readonly HashSet<string> s_names = new(
        [
            "material", "materials", "材料", "原材料", "直接材料", "energy", "能源", "燃料动力", "labour", "labor", "人工", "直接人工", "depreciation", "折旧",
            "maintenance", "维护", "维修", "network", "it", "network/it", "网络", "网络/it", "other", "其他", "其它",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The elements, for advice.</summary>
    public const string Text = "material, energy, labour, depreciation, maintenance, network, other";

    /// <summary>Whether a name is one of them, in either language.</summary>
    public static bool Has(string name) => s_names.Contains(name);
}
