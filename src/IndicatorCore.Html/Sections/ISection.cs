namespace IndicatorCore.Html.Sections;

/// <summary>A section of the page.</summary>
internal interface ISection
{
    /// <summary>Its heading.</summary>
    Bilingual Heading { get; }

    /// <summary>Writes what stands below the heading; false when there is nothing to show, and then nothing was written.</summary>
    bool Write(HtmlText html, PageModel page);
}
