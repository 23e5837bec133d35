namespace IndicatorCore.Html.Sections;

/// <summary>The groups of every further level by their headline figures, ranked only as far as intervals allow.</summary>
internal sealed class RankingSection : ISection
{
    private const int MostRows = 500;

    public Bilingual Heading => new("排序与比较", "Ranking and comparison");

    /// <summary>The rankings: level, indicator and ranks.</summary>
    public static IReadOnlyList<(PageLevel Level, string Id, IReadOnlyList<Rank> Ranks)> Of(PageModel page) =>
    [
        .. page.Levels.Skip(1).SelectMany(level => page.Headline.Select(id => (Level: level, Id: id, Ranks: Rank.Of(level.Of(id).Where(static row => row.Group.All(static pair => pair.Value is not null)), page.IsHigherBetter(id)))))
            .Where(static ranking => ranking.Ranks.Count > 1),
    ];

    public bool Write(HtmlText html, PageModel page)
    {
        var rankings = Of(page);
        if (rankings.Count == 0)
        {
            return false;
        }

        html.Element("p class=note", new Bilingual(
            "名次只在区间不重叠时区分：“2–5”表示第2至第5名之间无法区分。不予发布的对象不参加排序。",
            "Places are told apart only where intervals do not overlap: 2–5 means that places 2 to 5 cannot be told apart. What is suppressed is not ranked."));
        var chart = 0;
        foreach (var level in rankings.GroupBy(static ranking => ranking.Level))
        {
            html.Element("h3", level.Key.Name).Raw("<div class=grid2>");
            foreach (var (_, id, _) in level)
            {
                html.Raw("<figure>").Element("figcaption", page.NameOf(id)).Raw($"<div class=\"chart tall\" id=rank-{chart++} role=img></div></figure>");
            }

            html.Raw("</div>");
            Table(html, page, level.Key, [.. level.Select(static ranking => (ranking.Id, ranking.Ranks))]);
        }

        return true;
    }

    private static void Table(HtmlText html, PageModel page, PageLevel level, IReadOnlyList<(string Id, IReadOnlyList<Rank> Ranks)> rankings)
    {
        html.Raw("<div class=scroll><table class=figures>");
        html.Raw("<thead><tr>").Element("th scope=col", level.Name);
        foreach (var (id, _) in rankings)
        {
            html.Element("th scope=col class=number", page.NameOf(id)).Element("th scope=col class=number", new Bilingual("名次", "Place"));
        }

        html.Raw("</tr></thead><tbody>");
        var places = rankings.Select(static ranking => ranking.Ranks.ToDictionary(static rank => FigureText.Group(rank.Row.Group), StringComparer.Ordinal)).ToList();
        foreach (var group in level.Groups.Take(MostRows))
        {
            var name = FigureText.Group(group);
            html.Raw("<tr>").Element("th scope=row", name);
            for (var i = 0; i < rankings.Count; i++)
            {
                if (places[i].TryGetValue(name, out var rank))
                {
                    html.Raw($"<td class=number title=\"{HtmlText.Attribute(FigureText.Interval(rank.Row))}\">").Text(FigureText.Of(rank.Row)).Raw("</td>").Element("td class=number", rank.Text);
                    continue;
                }

                html.Raw("<td class=\"number none\" colspan=2>");
                if (level.Of(rankings[i].Id).FirstOrDefault(row => FigureText.Group(row.Group) == name)?.Reason is { } reason)
                {
                    html.Text(Phrases.Of(reason));
                }

                html.Raw("</td>");
            }

            html.Raw("</tr>");
        }

        html.Raw("</tbody></table></div>");
        if (level.Groups.Count > MostRows)
        {
            html.Element("p class=note", new Bilingual($"仅列出前 {MostRows} 个，共 {level.Groups.Count} 个。", $"The first {MostRows} of {level.Groups.Count} are listed."));
        }
    }
}
