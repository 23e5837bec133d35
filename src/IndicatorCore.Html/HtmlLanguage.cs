namespace IndicatorCore.Html;

/// <summary>The language of a page.</summary>
public enum HtmlLanguage
{
    /// <summary>Simplified Chinese.</summary>
    Chinese,

    /// <summary>English.</summary>
    English,
}
