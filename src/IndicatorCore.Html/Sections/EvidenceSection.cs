using IndicatorCore.Indicators;

namespace IndicatorCore.Html.Sections;

/// <summary>Every figure of the first level, and the headline figures of the others, with what they rest on: each figure of the page leads here.</summary>
internal sealed class EvidenceSection : ISection
{
    private const int MostRows = 2_000;

    public Bilingual Heading => new("指标明细与依据", "Figures and their evidence");

    public bool Write(HtmlText html, PageModel page)
    {
        List<IndicatorRow> rows = [.. page.Levels.Take(1).SelectMany(static level => level.Rows), .. page.Levels.Skip(1).SelectMany(level => level.Rows.Where(row => page.Headline.Contains(row.Indicator)))];
        if (rows.Count == 0)
        {
            return false;
        }

        html.Raw("<div class=scroll><table class=\"evidence small\">").Head(
            new("范围", "Group"), new("指标", "Indicator"), new("定义", "Definition"), new("统计期", "Window"), new("结果", "Figure"), new("分子/分母", "Numerator / denominator"), new("状态", "Status"),
            new("收到/有效", "Received / valid")).Raw("<tbody>");
        foreach (var row in rows.Take(MostRows))
        {
            html.Raw($"<tr id=\"{PageModel.AnchorOf(row)}\">").Element("th scope=row", FigureText.Group(row.Group)).Element("td", page.NameOf(row.Indicator)).Element("td", row.Definition)
                .Element("td", FigureText.Span(row.WindowStart, row.WindowEnd, page.Zone));
            if (row.Value is { } value)
            {
                html.Raw($"<td class=number title=\"{HtmlText.Attribute(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))}\">").Text(FigureText.Of(row)).Raw("</td>");
            }
            else
            {
                html.Element("td class=none", row.Reason is { } reason ? Phrases.Of(reason) : default);
            }

            html.Element("td class=number", row.Numerator is null && row.Denominator is null ? string.Empty : $"{row.Numerator} / {row.Denominator?.ToString() ?? "—"}")
                .Raw("<td>").Text(Phrases.Of(row.Status)).Raw(" ");
            FlagList.Write(html, row.Flags);
            html.Raw("</td>").Element("td class=number", row.Evidence is { } evidence ? $"{evidence.Received:N0} / {evidence.Valid:N0}" : string.Empty).Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
        if (rows.Count > MostRows)
        {
            html.Element("p class=note", new Bilingual($"仅列出前 {MostRows:N0} 行，共 {rows.Count:N0} 行；全部结果见 indicators run。", $"The first {MostRows:N0} of {rows.Count:N0} rows; indicators run gives all."));
        }

        return true;
    }
}
