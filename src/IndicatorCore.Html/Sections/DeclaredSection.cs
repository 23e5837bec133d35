namespace IndicatorCore.Html.Sections;

/// <summary>Declared against measured.</summary>
internal sealed class DeclaredSection : ISection
{
    public Bilingual Heading => new("申报值与实测值", "Declared against measured");

    public bool Write(HtmlText html, PageModel page)
    {
        if (page.Content.Declared.Count == 0)
        {
            return false;
        }

        html.Raw("<p>");
        foreach (var verdict in page.Content.Declared.GroupBy(static figure => figure.Verdict).OrderBy(static group => group.Key))
        {
            html.Raw($"<span class=\"badge {verdict.Key}\">").Text(Phrases.Of(verdict.Key)).Text($" {verdict.Count()}").Raw("</span> ");
        }

        html.Raw("</p><div class=scroll><table class=figures>")
            .Head(new("工厂", "Factory"), new("指标", "Indicator"), new("申报值", "Declared"), new("实测值", "Measured"), new("差值", "Difference"), new("结论", "Verdict"))
            .Raw("<tbody>");
        foreach (var figure in page.Content.Declared)
        {
            html.Raw("<tr>").Element("th scope=row", figure.Record.Factory).Element("td", page.NameOf(figure.Indicator)).Element("td", figure.Declared.Text)
                .Element("td class=number", figure.Measured is { } measured ? FigureText.Of(measured) : string.Empty)
                .Element("td class=number", figure.Difference is { } difference ? FigureText.Difference(difference, figure.DifferenceUnit) : string.Empty)
                .Raw($"<td><span class=\"badge {figure.Verdict}\">").Text(Phrases.Of(figure.Verdict)).Raw("</span></td></tr>");
        }

        html.Raw("</tbody></table></div>");
        return true;
    }
}
