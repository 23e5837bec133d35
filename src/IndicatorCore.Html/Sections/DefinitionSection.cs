namespace IndicatorCore.Html.Sections;

/// <summary>The definitions of the figures shown, and what they were computed from and with.</summary>
internal sealed class DefinitionSection : ISection
{
    public Bilingual Heading => new("定义与来源", "Definitions and provenance");

    public bool Write(HtmlText html, PageModel page)
    {
        var used = page.Content.Figures.Rows.Select(static row => row.Indicator).Distinct(StringComparer.Ordinal).Select(page.DescriptionOf).OfType<Indicators.IndicatorDescription>()
            .DistinctBy(static indicator => indicator.Id).OrderBy(static indicator => indicator.Id, StringComparer.Ordinal);
        html.Raw("<div class=scroll><table class=\"figures small\">").Head(new("定义", "Definition"), new("名称", "Name"), new("公式", "Formula"), new("发布规则", "Publication rule")).Raw("<tbody>");
        foreach (var indicator in used)
        {
            html.Raw("<tr>").Element("th scope=row", indicator.Definition).Element("td", new Bilingual(indicator.ChineseName, indicator.EnglishName)).Element("td", indicator.Formula)
                .Element("td", indicator.PublicationRule).Raw("</tr>");
        }

        var manifest = page.Content.Figures.Manifest;
        html.Raw("</tbody></table></div><dl class=facts>");
        foreach (var (name, value) in (IEnumerable<(Bilingual, string)>)
        [
            (new("引擎版本", "Engine"), manifest.EngineVersion),
            (new("口径", "Profile"), manifest.Profile),
            (new("保密规则", "Disclosure control"), manifest.Disclosure),
            (new("结果摘要 (SHA-256)", "Digest of the rows (SHA-256)"), manifest.RowDigest),
        ])
        {
            html.Element("dt", name).Element("dd", value);
        }

        html.Raw("</dl>");
        return true;
    }
}
