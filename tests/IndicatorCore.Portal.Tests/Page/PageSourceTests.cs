using System.Text.Json;
using System.Text.RegularExpressions;
using IndicatorCore.Indicators;

namespace IndicatorCore.Portal.Tests.Page;

/// <summary>What the files of the page must hold before any browser reads them.</summary>
public sealed partial class PageSourceTests
{
    [Fact]
    public void All_files_are_in_the_library()
    {
        string[] some = ["index.html", "theme.js", "icon.svg", "styles/page.css", "modules/main.js", "modules/views/overview.js", "echarts.min.js", "phrases.json"];
        Assert.Empty(some.Except(PageAssets.Names, StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_stands_inline_and_nothing_comes_from_elsewhere()
    {
        var html = PageAssets.Text("index.html");
        Assert.DoesNotMatch(InlineStyleOrListener(), html);
        Assert.All(Scripts().Matches(html), static script => Assert.Contains("src=", script.Value));
        Assert.DoesNotContain("<style", html);
        Assert.All(PageAssets.Modules.Append("index.html").Append("theme.js"), static name => Assert.DoesNotMatch(Elsewhere(), PageAssets.Text(name).Replace("http://www.w3.org/2000/svg", string.Empty, StringComparison.Ordinal)));
        Assert.All(PageAssets.Names.Where(static name => name.EndsWith(".css", StringComparison.Ordinal)), static name => Assert.DoesNotContain("url(", PageAssets.Text(name)));
    }

    [Fact]
    public void Texts_never_become_markup() =>
        Assert.All(PageAssets.Modules, static name => Assert.DoesNotMatch(Markup(), PageAssets.Text(name)));

    [Fact]
    public void Every_word_that_a_module_asks_for_is_there_in_both_languages()
    {
        var words = Words();
        var asked = PageAssets.Modules.SelectMany(static name => Asked().Matches(PageAssets.Text(name))).Select(static match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.InRange(asked.Count, 150, 1000);
        Assert.Empty(asked.Except(words.Keys, StringComparer.Ordinal));
        Assert.All(words, static word =>
        {
            Assert.NotEqual(string.Empty, word.Value.Chinese);
            Assert.Equal(Places().Count(word.Value.Chinese), Places().Count(word.Value.English));
        });
    }

    [Fact]
    public void Every_code_has_a_phrase_and_every_flag_an_explanation()
    {
        var words = Words();
        using var phrases = JsonDocument.Parse(PageAssets.Text("phrases.json"));
        var flags = Enum.GetValues<ResultFlags>().Where(static flag => flag != ResultFlags.None).Select(static flag => ResultNames.Of(flag)[0]).ToList();
        Assert.All(flags, flag => Assert.Contains($"explain.{flag}", words.Keys));
        Assert.All(flags, flag => Assert.True(phrases.RootElement.GetProperty("flag").TryGetProperty(flag, out _), flag));
        Assert.All(Enum.GetValues<ResultReason>(), reason => Assert.True(phrases.RootElement.GetProperty("reason").TryGetProperty(ResultNames.Of(reason), out _), ResultNames.Of(reason)));
        Assert.All(Enum.GetValues<ResultStatus>(), status => Assert.True(phrases.RootElement.GetProperty("status").TryGetProperty(ResultNames.Of(status), out _), ResultNames.Of(status)));
    }

    /// <summary>Colours of text on their grounds reach 4.5 : 1 (WCAG AA) in both themes.</summary>
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Text_can_be_read_in_both_themes(string theme)
    {
        var css = PageAssets.Text("styles/theme.css");
        var block = theme == "light" ? css[..css.IndexOf('}', StringComparison.Ordinal)] : css[css.IndexOf("data-theme=\"dark\"", StringComparison.Ordinal)..];
        var colours = Colours().Matches(block[..(block.IndexOf('}', StringComparison.Ordinal) is > 0 and var end ? end : block.Length)])
            .ToDictionary(static match => match.Groups[1].Value, static match => Luminance(match.Groups[2].Value), StringComparer.Ordinal);
        (string Text, string Ground)[] pairs =
        [
            ("ink", "page"), ("ink", "panel"), ("ink", "raised"), ("ink", "plain-tint"), ("soft", "page"), ("soft", "panel"), ("soft", "raised"), ("accent", "page"), ("accent", "panel"),
            ("accent", "accent-tint"), ("on-accent", "accent"), ("good", "good-tint"), ("warn", "warn-tint"), ("warn", "panel"), ("bad", "bad-tint"), ("bad", "panel"), ("ink", "warn-tint"), ("ink", "accent-tint"),
        ];
        Assert.All(pairs, pair => Assert.True(Contrast(colours[pair.Text], colours[pair.Ground]) >= 4.5, $"{pair.Text} on {pair.Ground}: {Contrast(colours[pair.Text], colours[pair.Ground]):F2}"));

        // marks of charts, 3 : 1
        (string Mark, string Ground)[] marks = [("series", "panel"), ("mark", "panel"), ("covered", "panel")];
        Assert.All(marks, pair => Assert.True(Contrast(colours[pair.Mark], colours[pair.Ground]) >= 3, $"{pair.Mark} on {pair.Ground}"));
    }

    private static Dictionary<string, (string Chinese, string English)> Words() =>
        Word().Matches(PageAssets.Text("modules/words.js")).ToDictionary(static match => match.Groups[1].Value, static match => (match.Groups[2].Value, match.Groups[3].Value), StringComparer.Ordinal);

    private static double Contrast(double left, double right) => (Math.Max(left, right) + 0.05) / (Math.Min(left, right) + 0.05);

    private static double Luminance(string hex)
    {
        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));

        double Channel(int at)
        {
            var share = Convert.ToInt32(hex.Substring(at, 2), 16) / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }
    }

    [GeneratedRegex("""\s(style|on[a-z]+)\s*=""")]
    private static partial Regex InlineStyleOrListener();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Scripts();

    [GeneratedRegex("https?://")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("""innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\('style'|DOMParser""")]
    private static partial Regex Markup();

    [GeneratedRegex("""(?<![\w.])t\('([^']+)'""")]
    private static partial Regex Asked();

    [GeneratedRegex("""^  '?([\w.]+)'?: \['((?:[^'])*)', '((?:[^'])*)'\],$""", RegexOptions.Multiline)]
    private static partial Regex Word();

    [GeneratedRegex("""\{\d\}""")]
    private static partial Regex Places();

    [GeneratedRegex("--([a-z-]+): #([0-9a-f]{6})")]
    private static partial Regex Colours();
}
