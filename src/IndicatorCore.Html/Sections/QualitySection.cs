using IndicatorCore.Indicators;

namespace IndicatorCore.Html.Sections;

/// <summary>Data quality: what was read, what was set aside and why, and how complete each group's data are.</summary>
internal sealed class QualitySection : ISection
{
    private const int MostRows = 300;

    private static readonly string[] s_tables = ["knr", "cov_sample", "eff_gain", "cost_red", "energy_kwh", "lat_p95"];

    public Bilingual Heading => new("数据质量", "Data quality");

    public bool Write(HtmlText html, PageModel page)
    {
        var manifest = page.Content.Figures.Manifest;
        html.Raw("<dl class=facts>");
        Fact(html, new("输入文件", "Inputs"), $"{manifest.Inputs.Count:N0}");
        Fact(html, new("数据行", "Rows"), $"{manifest.Rows:N0}");
        Fact(html, new("重复送达的文件", "Replayed inputs"), $"{manifest.ReplayedInputs:N0}");
        Fact(html, new("隔离的行", "Quarantined rows"), manifest.Quarantined.Count == 0 ? "0" : string.Join(", ", manifest.Quarantined.Select(static pair => $"{pair.Key} {pair.Value:N0}")));
        Fact(html, new("归属冲突的行", "Rows whose scope contradicts the registry"), $"{manifest.ScopeConflicts:N0}");
        html.Raw("</dl>");

        if (page.Levels.Count > 0)
        {
            Table(html, page, page.Levels[^1]);
        }

        return true;
    }

    private static void Table(HtmlText html, PageModel page, PageLevel level)
    {
        List<IndicatorRow> rows =
        [
            .. level.Rows.Where(static row => s_tables.Contains(row.Indicator) && row.Evidence is { Received: > 0 }).GroupBy(static row => FigureText.Group(row.Group), StringComparer.Ordinal)
                .SelectMany(static group => group.OrderBy(static row => Array.IndexOf(s_tables, row.Indicator))).Take(MostRows),
        ];
        if (rows.Count == 0)
        {
            return;
        }

        html.Raw("<div class=scroll><table class=\"figures counts\">").Head(
            level.Name, new("指标", "Indicator"), new("收到", "Received"), new("有效", "Valid"), new("缺失", "Missing"), new("无效", "Invalid"), new("无5G服务", "Unserved"), new("重复", "Duplicates"),
            new("隔离", "Quarantined"), new("完整率", "Completeness")).Raw("<tbody>");
        foreach (var row in rows)
        {
            var evidence = row.Evidence!;
            html.Raw("<tr>").Raw("<th scope=row>").Text(row.Group.Any(static pair => pair.Value is null) ? new("未归属", "unassigned") : Bilingual.Same(FigureText.Group(row.Group))).Raw("</th>").Element("td", page.NameOf(row.Indicator));
            foreach (var count in (ReadOnlySpan<long>)[evidence.Received, evidence.Valid, evidence.Missing, evidence.Invalid, evidence.Unserved, evidence.Duplicates, evidence.Quarantined.Sum(static pair => pair.Value)])
            {
                html.Element("td class=number", $"{count:N0}");
            }

            html.Element("td class=number", FigureText.Of(evidence.Completeness, "ratio")).Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
    }

    private static void Fact(HtmlText html, Bilingual name, string value) => html.Element("dt", name).Element("dd", value);
}
