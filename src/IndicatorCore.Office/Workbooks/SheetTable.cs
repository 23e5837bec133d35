using DocumentFormat.OpenXml.Spreadsheet;

namespace IndicatorCore.Office.Workbooks;

/// <summary>A table of a sheet, with its filter buttons.</summary>
/// <param name="Row">The row of its headings, from 1.</param>
/// <param name="Headings">Its headings, each of its own.</param>
/// <param name="Rows">Rows below, at least 1.</param>
internal sealed record SheetTable(int Row, IReadOnlyList<string> Headings, int Rows)
{
    private string Reference => $"A{Row}:{CellName.Of(Headings.Count - 1, Row + Rows)}";

    /// <summary>Headings that a table can have: each of its own, none empty, without line breaks.</summary>
    public static IReadOnlyList<string> Distinct(IReadOnlyList<string> headings)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var distinct = new List<string>();
        foreach (var heading in headings)
        {
            var plain = string.Join(' ', heading.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            plain = plain.Length == 0 ? "列" : plain;
            var name = plain;
            for (var i = 2; !taken.Add(name); i++)
            {
                name = $"{plain} {i}";
            }

            distinct.Add(name);
        }

        return distinct;
    }

    /// <summary>The part that describes it.</summary>
    public Table ToPart(uint id)
    {
        var columns = new TableColumns { Count = (uint)Headings.Count };
        for (var i = 0; i < Headings.Count; i++)
        {
            columns.Append(new TableColumn { Id = (uint)(i + 1), Name = Headings[i] });
        }

        return new Table(
            new AutoFilter { Reference = Reference }, columns, new TableStyleInfo { Name = "TableStyleLight1", ShowRowStripes = true })
        {
            Id = id,
            Name = $"Table{id}",
            DisplayName = $"Table{id}",
            Reference = Reference,
            TotalsRowShown = false,
        };
    }
}
