using IndicatorCore.Indicators;

namespace IndicatorCore.Html.Sections;

/// <summary>Before and after: the phase indicators of the first level with their spans and shares.</summary>
internal sealed class PhaseSection : ISection
{
    private static readonly string[] s_shown =
    [
        "eff_gain", "eff_gain.paasche", "eff_gain.laspeyres", "eff_gain.labour", "eff_gain.machine", "eff_gain.pooled", "cost_red", "cost_red.paasche", "cost_red.laspeyres",
        "cost_red.without_project_cost", "cost_red.real", "cost_red.pooled",
    ];

    public Bilingual Heading => new("实施前后对比", "Before and after");

    public bool Write(HtmlText html, PageModel page)
    {
        List<IndicatorRow> rows = page.Levels.Count == 0 ? [] : [.. s_shown.Select(page.Levels[0].Find).OfType<IndicatorRow>()];
        if (rows.TrueForAll(static row => row.Value is null))
        {
            return false;
        }

        html.Raw("<div class=scroll><table class=figures>").Head(
            new("指标", "Indicator"), new("结果", "Figure"), new("区间", "Interval"), new("实施前", "Before"), new("实施后", "After"), new("可比投入（前/后）", "Comparable input (before / after)"),
            new("天数（前/后）", "Days (before / after)"));
        html.Raw("<tbody>");
        foreach (var row in rows)
        {
            html.Raw($"<tr><th scope=row><a href=\"#{PageModel.AnchorOf(row)}\">").Text(page.NameOf(row.Indicator)).Raw("</a></th>");
            if (row.Value is null)
            {
                html.Raw("<td class=none colspan=2>").Text(row.Reason is { } reason ? Phrases.Of(reason) : default).Raw("</td>");
            }
            else
            {
                html.Element("td class=number", FigureText.Of(row)).Element("td class=number", FigureText.Interval(row));
            }

            html.Element("td class=span", FigureText.Span(Of(row, "baseline_start").Instant, Of(row, "baseline_end").Instant, page.Zone))
                .Element("td class=span", FigureText.Span(row.WindowStart, row.WindowEnd, page.Zone))
                .Element("td class=number", Pair(Of(row, "matched_share_base").Number, Of(row, "matched_share_after").Number))
                .Element("td class=number", Counts(Of(row, "n_days_base").Count, Of(row, "n_days_after").Count))
                .Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
        return true;
    }

    private static EvidenceValue Of(IndicatorRow row, string name) => row.Evidence?.Additional.FirstOrDefault(pair => pair.Key == name).Value ?? default;

    private static string Pair(double? before, double? after) => before is null && after is null ? string.Empty : $"{FigureText.Of(before, "ratio")} / {FigureText.Of(after, "ratio")}";

    private static string Counts(long? before, long? after) => before is null && after is null ? string.Empty : $"{before} / {after}";
}
