namespace IndicatorCore.Html;

/// <summary>A text in both languages; the page shows one of them.</summary>
/// <param name="Chinese">In Chinese.</param>
/// <param name="English">In English.</param>
internal readonly record struct Bilingual(string Chinese, string English)
{
    /// <summary>A text that is the same in both.</summary>
    public static Bilingual Same(string text) => new(text, text);
}
