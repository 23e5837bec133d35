using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Declared;

namespace IndicatorCore.Html;

/// <summary>What an HTML report shows.</summary>
public sealed record HtmlReportContent
{
    /// <summary>The heading; null = the first level's only group, or 省级 / Province.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// The figures over the whole window. Its first level is what the report is about, every further one is ranked; levels with a
    /// key <c>factory</c> are listed in the data quality section.
    /// </summary>
    public required IndicatorReport Figures { get; init; }

    /// <summary>The same first level by calendar window, for trends; null = no trends.</summary>
    public IndicatorReport? Series { get; init; }

    /// <summary>What figures were declared, with verdicts; may be empty.</summary>
    public IReadOnlyList<DeclaredFigure> Declared { get; init; } = [];

    /// <summary>The definitions of the figures.</summary>
    public IReadOnlyList<IndicatorDescription> Catalog { get; init; } = IndicatorCatalog.All;

    /// <summary>The language that the page opens with; readers can switch.</summary>
    public HtmlLanguage Language { get; init; }
}
