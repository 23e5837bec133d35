using IndicatorCore.Indicators;

namespace IndicatorCore.Html.Sections;

/// <summary>How figures of the first level change from window to window.</summary>
internal sealed class TrendSection : ISection
{
    private static readonly string[] s_shown =
        ["knr", "knr_5g", "cov_sample", "cov_grid", "eff_gain", "cost_red", "energy_kwh", "lat_p95", "reliability", "link_avail", "loss", "oee", "energy_intensity", "concurrency"];

    public Bilingual Heading => new("变化趋势", "Trends");

    /// <summary>The indicators that have at least two windows with a figure, and their rows.</summary>
    public static IReadOnlyList<(string Id, IReadOnlyList<IndicatorRow> Rows)> Of(PageModel page)
    {
        if (page.Content.Series is not { } series)
        {
            return [];
        }

        var rows = series.Rows.Where(row => s_shown.Contains(row.Indicator) && row.WindowStart is not null && row.Group.All(static pair => pair.Value is not null)).ToLookup(static row => row.Indicator);
        return
        [
            .. s_shown.Select(id => (Id: id, Rows: (IReadOnlyList<IndicatorRow>)[.. rows[id].GroupBy(static row => row.WindowStart).Select(static window => window.First())]))
                .Where(static trend => trend.Rows.Count(static row => row.Value is not null) > 1),
        ];
    }

    public bool Write(HtmlText html, PageModel page)
    {
        var trends = Of(page);
        if (trends.Count == 0)
        {
            return false;
        }

        html.Element("p class=note", new Bilingual("空缺表示该期不予发布或没有数据；阴影为95 %区间或上下界。", "A gap is a window that is suppressed or has no data; the band is the 95 % interval, or bounds."));
        html.Raw("<div class=grid2>");
        for (var i = 0; i < trends.Count; i++)
        {
            html.Raw("<figure>").Element("figcaption", page.NameOf(trends[i].Id)).Raw($"<div class=chart id=trend-{i} role=img></div></figure>");
        }

        html.Raw("</div>");
        return true;
    }
}
