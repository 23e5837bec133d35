using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using IndicatorCore.Html;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Html;

/// <summary>The self-contained page: what stands in it, and what must not.</summary>
public sealed partial class HtmlReportTests
{
    [Fact]
    public void A_page_fetches_nothing()
    {
        var page = Page(new HtmlReportContent { Figures = SampleReport.Whole });
        var markup = page[..page.IndexOf("<script>", StringComparison.Ordinal)];
        Assert.DoesNotMatch(Outside(), markup);
        Assert.Contains("default-src 'none'", markup);
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 1_000_000, 3_000_000);
    }

    [Fact]
    public void Names_from_data_are_text_and_never_markup()
    {
        const string hostile = "</script><script>alert(1)</script>\"'&<img src=x>";
        var row = SampleReport.Contract with { Group = [KeyValuePair.Create("factory", (string?)hostile)] };
        var other = SampleReport.Contract with { Group = [KeyValuePair.Create("line", (string?)hostile)], Value = 0.5 };
        var third = SampleReport.Contract with { Group = [KeyValuePair.Create("line", (string?)"L2")] };
        var page = Page(new HtmlReportContent { Figures = SampleReport.Of(row, other, third), Title = hostile });
        Assert.DoesNotContain("alert(1)</script>", page);
        var written = page[..page.IndexOf("<script>", StringComparison.Ordinal)];
        Assert.DoesNotContain("<img", written);
        Assert.Single(Regex.Matches(written, "<script"));
    }

    [Fact]
    public void A_suppressed_figure_is_said_in_words_and_is_not_ranked()
    {
        var province = SampleReport.Contract with { Group = [KeyValuePair.Create("province", (string?)"辽宁")], Indicator = "knr" };
        var shown = SampleReport.Contract with { Indicator = "knr" };
        var other = shown with { Group = [KeyValuePair.Create("factory", (string?)"F2")], Value = 0.5 };
        var kept = SampleReport.Suppressed with { Group = [KeyValuePair.Create("factory", (string?)"F9")] };
        var page = Page(new HtmlReportContent { Figures = SampleReport.Of(province, shown, other, kept) });
        Assert.Contains("<th scope=row>F9</th><td class=\"number none\" colspan=2><span class=zh lang=zh-CN>涉及单个企业，保密</span>", page);
        var data = page[page.IndexOf("id=data>", StringComparison.Ordinal)..page.IndexOf("<script>", StringComparison.Ordinal)];
        Assert.Contains("\"F2\"", data);
        Assert.DoesNotContain("F9", data);
    }

    [Fact]
    public void Every_card_leads_to_its_evidence()
    {
        var page = Page(new HtmlReportContent { Figures = SampleReport.Of(SampleReport.Contract, SampleReport.Phases) });
        var anchors = Anchor().Matches(page).Select(static match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(anchors);
        Assert.All(anchors, anchor => Assert.Contains($"<tr id=\"{anchor}\">", page));
    }

    [Fact]
    public void Equal_content_gives_equal_bytes()
    {
        var content = new HtmlReportContent { Figures = SampleReport.Whole, Language = HtmlLanguage.English };
        Assert.Equal(Page(content), Page(content));
        Assert.Contains("<html lang=en>", Page(content));
    }

    [Fact]
    public void A_report_without_rows_is_a_page_too() => Assert.Contains("数据质量", Page(new HtmlReportContent { Figures = SampleReport.Of() }));

    [Fact]
    public void Third_party_assets_are_what_their_list_says()
    {
        var folder = Path.Combine(Shared.Repository, "third_party");
        var listed = Listed().Match(File.ReadAllText(Path.Combine(folder, "README.md"))).Groups[1].Value;
        Assert.Equal(listed, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "echarts-6.1.0", "echarts.min.js")))));
        Assert.True(File.Exists(Path.Combine(folder, "echarts-6.1.0", "LICENSE")));
    }

    private static string Page(HtmlReportContent content)
    {
        using var output = new MemoryStream();
        HtmlReport.Write(content, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    [GeneratedRegex("(src|href)=(?!\"#)|@import|url\\(", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();

    [GeneratedRegex("href=\"#([^\"]+)\"")]
    private static partial Regex Anchor();

    [GeneratedRegex("`echarts-6.1.0`.*`([0-9a-f]{64})`")]
    private static partial Regex Listed();
}
