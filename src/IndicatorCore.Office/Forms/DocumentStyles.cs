using DocumentFormat.OpenXml.Wordprocessing;

namespace IndicatorCore.Office.Forms;

/// <summary>The styles of written documents: 仿宋 and 黑体 as the notices ask, in table size.</summary>
internal static class DocumentStyles
{
    private const string Body = "仿宋";
    private const string Head = "黑体";

    /// <summary>The styles.</summary>
    public static Styles Styles() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(Fonts(Body), new FontSize { Val = "21" }, new Languages { Val = "zh-CN", EastAsia = "zh-CN" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { Before = "20", After = "20" }))),
        new Style(new StyleName { Val = "Normal" }) { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true },
        Heading("Title", "Title", "36", isCentered: true),
        Heading("Heading1", "heading 1", "28", isCentered: false));

    private static Style Heading(string id, string name, string size, bool isCentered)
    {
        var paragraph = new StyleParagraphProperties(new KeepNext(), new SpacingBetweenLines { Before = "240", After = "120" });
        if (isCentered)
        {
            paragraph.Append(new Justification { Val = JustificationValues.Center });
        }

        return new Style(
            new StyleName { Val = name }, new BasedOn { Val = "Normal" }, new NextParagraphStyle { Val = "Normal" }, paragraph,
            new StyleRunProperties(Fonts(Head), new FontSize { Val = size }))
        {
            Type = StyleValues.Paragraph,
            StyleId = id,
        };
    }

    private static RunFonts Fonts(string name) => new() { Ascii = name, HighAnsi = name, EastAsia = name, ComplexScript = name };
}
