using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Declared;

/// <summary>Which indicator a form's heading means: an id, a name of the catalogue, or the words that the programmes print (programme-forms 1 to 3).</summary>
internal static class DeclaredNames
{
    private static readonly Dictionary<string, string> s_ids = Known();

    /// <summary>Every name in normal form.</summary>
    public static IReadOnlyCollection<string> All => s_ids.Keys;

    /// <summary>The id of the indicator or part, or null.</summary>
    public static string? Find(string printed) => s_ids.GetValueOrDefault(PrintedText.Normal(printed.Trim()));

    private static Dictionary<string, string> Known()
    {
        var ids = new Dictionary<string, string>();
        (string Printed, string Id)[] printed =
        [
            ("5G网络覆盖率", "cov_grid"),
            ("网络覆盖率", "cov_grid"),
            ("关键设备联网率", "knr"),
            ("生产效率提升", "eff_gain"),
            ("生产成本降低", "cost_red"),
            ("关键系统建设数量", "system_count"),
            ("应用场景数量", "scenario_count_evidenced"),
            ("5G基站数量-宏站", "bs_macro"),
            ("5G基站数量-微站", "bs_micro"),
            ("5G室外站", "bs_macro"),
            ("5G微站", "bs_micro"),
            ("5G室分系统pRRU", "prru"),
            ("应用5G终端", "n_5g_terminals"),
            ("应用5G终端数", "n_5g_terminals"),
            ("基于5G网络连接的生产设备数", "n_devices_5g"),
            ("边缘计算节点设备", "edge_nodes"),
            ("设备综合效率", "oee"),
        ];
        foreach (var description in IndicatorCatalog.All)
        {
            foreach (var id in description.Parts.Prepend(description.Id))
            {
                ids.TryAdd(PrintedText.Normal(id), id);
            }
        }

        foreach (var (name, id) in printed)
        {
            ids.TryAdd(PrintedText.Normal(name), id);
        }

        // a name in brackets tells apart what the words before it do not: 时延（第95百分位）is no 时延
        foreach (var (name, id) in IndicatorCatalog.All.SelectMany(static one => new[] { (one.ChineseName, one.Id), (one.EnglishName, one.Id) }))
        {
            if (!name.AsSpan().ContainsAny('（', '('))
            {
                ids.TryAdd(PrintedText.Normal(name), id);
            }
        }

        return ids;
    }
}
