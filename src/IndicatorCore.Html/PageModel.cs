using IndicatorCore.Indicators;

namespace IndicatorCore.Html;

/// <summary>What the sections of a page share: rows by level, names of indicators, and where a figure's evidence stands.</summary>
internal sealed class PageModel
{
    private static readonly string[] s_headline = ["knr", "cov_grid", "eff_gain", "cost_red"];
    private static readonly string[] s_also =
    [
        "cov_sample", "cov_time", "link_avail", "reliability", "lat_p95", "thr", "oee", "energy_intensity", "n_5g_terminals", "n_devices_5g",
        "scenario_count_evidenced", "concurrency", "cov_area_m2",
    ];

    private readonly Dictionary<string, IndicatorDescription> _catalog;

    /// <summary>The model of a page.</summary>
    public PageModel(HtmlReportContent content)
    {
        Content = content;
        Zone = content.Figures.TimeZone;
        _catalog = content.Catalog.SelectMany(static indicator => indicator.Parts.Prepend(indicator.Id).Select(id => (id, indicator)))
            .DistinctBy(static pair => pair.id)
            .ToDictionary(static pair => pair.id, static pair => pair.indicator, StringComparer.Ordinal);
        Levels = [.. content.Figures.Rows.GroupBy(static row => string.Join(',', row.Group.Select(static pair => pair.Key))).Select(static level => new PageLevel([.. level]))];
        var (headline, others) = (s_headline.ToList(), s_also.ToList());
        if (Levels.Count > 0 && Levels[0].Find("cov_grid") is not { Value: not null } && Levels[0].Find("cov_sample") is { Value: not null })
        {
            headline[1] = "cov_sample";   // what can be shown of coverage, under its own name
            others.Remove("cov_sample");
        }

        (Headline, Others) = (headline, others);
    }

    /// <summary>What is shown.</summary>
    public HtmlReportContent Content { get; }

    /// <summary>The reporting zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The levels in their order.</summary>
    public IReadOnlyList<PageLevel> Levels { get; }

    /// <summary>The four figures that programmes ask for first.</summary>
    public IReadOnlyList<string> Headline { get; }

    /// <summary>Further figures worth a card.</summary>
    public IReadOnlyList<string> Others { get; }

    /// <summary>The names of an indicator; a part is called as its whole, with its own id.</summary>
    public Bilingual NameOf(string id) => !_catalog.TryGetValue(id, out var indicator) ? Bilingual.Same(id)
        : indicator.Id == id ? new(indicator.ChineseName, indicator.EnglishName)
        : new($"{indicator.ChineseName}（{id}）", $"{indicator.EnglishName} ({id})");

    /// <summary>The definition of an indicator or of the whole that it is a part of.</summary>
    public IndicatorDescription? DescriptionOf(string id) => _catalog.GetValueOrDefault(id);

    /// <summary>Whether a greater figure is better.</summary>
    public bool IsHigherBetter(string id) => DescriptionOf(id)?.Direction != IndicatorDirection.LowerIsBetter;

    /// <summary>The page's name of a row's place in the evidence table.</summary>
    public static string AnchorOf(IndicatorRow row) => "e-" + string.Concat(
        $"{row.Indicator}.{FigureText.Group(row.Group)}".Select(static letter => char.IsAsciiLetterOrDigit(letter) ? $"{letter}" : $"-{(int)letter:x}"));
}
