using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace IndicatorCore.Html;

/// <summary>Writes HTML; every text that comes from outside is encoded.</summary>
internal sealed class HtmlText(TextWriter writer)
{
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Writes markup as it stands.</summary>
    public HtmlText Raw(string markup)
    {
        writer.Write(markup);
        return this;
    }

    /// <summary>Writes a text.</summary>
    public HtmlText Text(string text)
    {
        s_encoder.Encode(writer, text);
        return this;
    }

    /// <summary>Writes a text in both languages, of which the page shows one.</summary>
    public HtmlText Text(Bilingual text) => text.Chinese == text.English
        ? Text(text.Chinese)
        : Raw("<span class=zh lang=zh-CN>").Text(text.Chinese).Raw("</span><span class=en lang=en>").Text(text.English).Raw("</span>");

    /// <summary>Writes a text in both languages.</summary>
    public HtmlText Text(string chinese, string english) => Text(new Bilingual(chinese, english));

    /// <summary>Writes an element that holds a text.</summary>
    public HtmlText Element(string open, Bilingual text) => Raw($"<{open}>").Text(text).Raw($"</{NameOf(open)}>");

    /// <summary>Writes an element that holds a text.</summary>
    public HtmlText Element(string open, string text) => Raw($"<{open}>").Text(text).Raw($"</{NameOf(open)}>");

    /// <summary>A text as the value of an attribute in double quotes.</summary>
    public static string Attribute(string text) => s_encoder.Encode(text);

    /// <summary>Writes a table head.</summary>
    public HtmlText Head(params ReadOnlySpan<Bilingual> headings)
    {
        Raw("<thead><tr>");
        foreach (var heading in headings)
        {
            Element("th scope=col", heading);
        }

        return Raw("</tr></thead>");
    }

    private static string NameOf(string open)
    {
        var end = open.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? open : open[..end];
    }
}
