using System.Security.Cryptography;
using System.Text;
using IndicatorCore.Html.Sections;

namespace IndicatorCore.Html;

/// <summary>
/// One self-contained page of figures: everything is inside the file, nothing is fetched. Tables stand in the markup and are read without
/// scripts; charts are drawn by Apache ECharts, which the file carries.
/// </summary>
public static class HtmlReport
{
    private static readonly ISection[] s_sections =
    [
        new HeadlineSection(), new TrendSection(), new PhaseSection(), new RankingSection(), new CoverageSection(), new DeclaredSection(), new QualitySection(), new EvidenceSection(),
        new DefinitionSection(),
    ];

    private static readonly string[] s_scripts = ["echarts.min.js", "page.js"];

    /// <summary>Writes a page, UTF-8. Equal content gives equal bytes.</summary>
    /// <param name="content">What it shows.</param>
    /// <param name="output">Takes the bytes; left open.</param>
    /// <exception cref="IOException">The stream does not take them.</exception>
    public static void Write(HtmlReportContent content, Stream output)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(output);
        var page = new PageModel(content);
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        var html = new HtmlText(writer);
        var title = content.Title is { } given ? Bilingual.Same(given) : Title(page);
        var isChinese = content.Language == HtmlLanguage.Chinese;
        html.Raw($"<!DOCTYPE html>\n<html lang={(isChinese ? "zh-CN" : "en")}><head><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\">")
            .Raw($"<meta http-equiv=Content-Security-Policy content=\"{Policy()}\">")
            .Element("title", isChinese ? title.Chinese : title.English)
            .Raw("<style>\n").Raw(Asset("page.css")).Raw("</style></head><body>\n<header><div>").Element("h1", title);
        Facts(html, page);
        html.Raw("</div><button type=button id=language>中文 / English</button></header>\n<main>\n");
        foreach (var section in s_sections)
        {
            Write(section, html, page, writer);
        }

        html.Raw("</main>\n<footer>").Text("由 IndicatorCore 计算。图表：Apache ECharts。", "Computed by IndicatorCore. Charts: Apache ECharts.").Raw("</footer>\n<script type=application/json id=data>");
        writer.Flush();
        ChartData.Write(output, page);
        foreach (var script in s_scripts)
        {
            html.Raw("</script>\n<script>").Raw(Asset(script));
        }

        html.Raw("</script></body></html>\n");
    }

    private static Bilingual Title(PageModel page)
    {
        var group = page.Levels.Count == 0 ? [] : page.Levels[0].Groups;
        return group is [var only] && only.Count > 0
            ? new($"{FigureText.Group(only)} 5G工厂指标报告", $"5G factory indicators, {FigureText.Group(only)}")
            : new("5G工厂指标报告", "5G factory indicators");
    }

    private static void Facts(HtmlText html, PageModel page)
    {
        var manifest = page.Content.Figures.Manifest;
        html.Raw("<p class=note>").Text("截至 ", "As of ").Text(manifest.ReferenceDate is { } day ? FigureText.Span(day, day, page.Zone) : "—")
            .Text($" · {page.Zone.Id} · {manifest.Profile} · SHA-256 {manifest.RowDigest[..12]}…").Raw("</p>");
    }

    private static void Write(ISection section, HtmlText html, PageModel page, TextWriter writer)
    {
        // a section without content has no heading either
        using var body = new StringWriter();
        if (section.Write(new HtmlText(body), page))
        {
            html.Raw("<section>").Element("h2", section.Heading);
            writer.Write(body.GetStringBuilder());
            html.Raw("</section>\n");
        }
    }

    // only the scripts that it carries run, and nothing is fetched; charts set styles of their own
    private static string Policy() => "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; script-src "
        + string.Join(' ', s_scripts.Select(static name => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Asset(name))))}'"));

    private static string Asset(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The library lacks its asset '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
