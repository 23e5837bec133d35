using IndicatorCore.Indicators;

namespace IndicatorCore.Html.Sections;

/// <summary>The coverage map of a factory's floor, cell by cell.</summary>
internal sealed class CoverageSection : ISection
{
    /// <summary>The most cells that a page carries.</summary>
    public const int MostCells = 20_000;

    public Bilingual Heading => new("5G覆盖栅格图", "Coverage by grid");

    /// <summary>The floors with their cells, as many as the page carries.</summary>
    public static IReadOnlyList<IGrouping<(string Factory, long Floor), CoverageCell>> Of(PageModel page)
    {
        var floors = new List<IGrouping<(string, long), CoverageCell>>();
        var count = 0;
        foreach (var floor in page.Content.Figures.CoverageCells.GroupBy(static cell => (cell.Factory, cell.Floor)))
        {
            if (count + floor.Count() > MostCells)
            {
                break;
            }

            count += floor.Count();
            floors.Add(floor);
        }

        return floors;
    }

    public bool Write(HtmlText html, PageModel page)
    {
        var floors = Of(page);
        if (floors.Count == 0)
        {
            return false;
        }

        html.Element("p class=note", new Bilingual(
            "每格一个目标栅格：覆盖、未覆盖或实测样本不足。仅列出覆盖率可发布的工厂。",
            "A square is a target cell: covered, not covered, or with too few samples. Only factories whose coverage may be published are shown."));
        html.Raw("<p><label>").Text("工厂与楼层", "Factory and floor").Raw(" <select id=map-choice>");
        for (var i = 0; i < floors.Count; i++)
        {
            html.Raw($"<option value={i}>").Text($"{floors[i].Key.Factory} · {floors[i].Key.Floor}F").Raw("</option>");
        }

        html.Raw("</select></label></p><div class=\"chart map\" id=map role=img></div>");
        if (floors.Sum(static floor => floor.Count()) < page.Content.Figures.CoverageCells.Count)
        {
            html.Element("p class=note", new Bilingual($"本页最多显示 {MostCells} 个栅格。", $"A page shows at most {MostCells} cells."));
        }

        return true;
    }
}
