using IndicatorCore.Indicators;

namespace IndicatorCore.Html.Sections;

/// <summary>The headline figures of the first level, with their intervals, status and evidence.</summary>
internal sealed class HeadlineSection : ISection
{
    public Bilingual Heading => new("主要指标", "Headline figures");

    public bool Write(HtmlText html, PageModel page)
    {
        if (page.Levels.Count == 0)
        {
            return false;
        }

        html.Raw("<div class=cards>");
        foreach (var id in page.Headline)
        {
            Card(html, page, id, page.Levels[0].Find(id), "card main");
        }

        foreach (var id in page.Others)
        {
            if (page.Levels[0].Find(id) is { Value: not null } row)
            {
                Card(html, page, id, row, "card");
            }
        }

        html.Raw("</div>");
        return true;
    }

    private static void Card(HtmlText html, PageModel page, string id, IndicatorRow? row, string style)
    {
        html.Raw($"<article class=\"{style}\">").Element("h3", page.NameOf(id));
        if (row?.Value is { } value)
        {
            html.Raw($"<p class=value title=\"{HtmlText.Attribute(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))}\">").Text(FigureText.Of(row)).Raw("</p>");
            if (FigureText.Interval(row) is { Length: > 0 } interval)
            {
                html.Raw("<p class=interval>").Text(row.Indicator.StartsWith("cov_", StringComparison.Ordinal) ? new Bilingual("上下界 ", "bounds ") : new Bilingual("95 % 区间 ", "95 % interval "))
                    .Text(interval).Raw("</p>");
            }
        }
        else
        {
            html.Element("p class=none", row?.Reason is { } reason ? Phrases.Of(reason) : new Bilingual("没有数据", "no data"));
        }

        if (row is not null)
        {
            html.Raw($"<p class=status><span class=\"badge {row.Status}\">").Text(Phrases.Of(row.Status)).Raw("</span> ");
            FlagList.Write(html, row.Flags);
            html.Raw($"</p><p class=trace>{FigureText.Span(row.WindowStart, row.WindowEnd, page.Zone)} · <a href=\"#{PageModel.AnchorOf(row)}\">").Text(row.Definition).Raw("</a></p>");
        }

        html.Raw("</article>");
    }
}
