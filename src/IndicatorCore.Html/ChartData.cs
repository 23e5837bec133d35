using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using IndicatorCore.Html.Sections;
using IndicatorCore.Indicators;

namespace IndicatorCore.Html;

/// <summary>The numbers behind the charts, as JSON for the page's script.</summary>
internal static class ChartData
{
    private const int MostBars = 40;

    /// <summary>Writes them.</summary>
    public static void Write(Stream output, PageModel page)
    {
        // the default encoder's care for < and & is what lets the text stand inside a script element
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
        json.WriteStartObject();
        json.WriteStartArray("trends");
        foreach (var (id, rows) in TrendSection.Of(page))
        {
            Head(json, page, id, rows[0].Unit);
            json.WriteStartArray("points");
            foreach (var row in rows)
            {
                json.WriteStartArray();
                json.WriteStringValue(FigureText.Span(row.WindowStart, row.WindowStart, page.Zone));
                Figures(json, row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rankings");
        foreach (var (_, id, ranks) in RankingSection.Of(page))
        {
            Head(json, page, id, ranks[0].Row.Unit);
            json.WriteStartArray("points");
            foreach (var rank in ranks.Take(MostBars))
            {
                json.WriteStartArray();
                json.WriteStringValue(FigureText.Group(rank.Row.Group));
                Figures(json, rank.Row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("maps");
        foreach (var floor in CoverageSection.Of(page))
        {
            json.WriteStartArray();
            foreach (var cell in floor)
            {
                json.WriteStartArray();
                json.WriteNumberValue(cell.X);
                json.WriteNumberValue(cell.Y);
                json.WriteNumberValue((int)cell.State);
                json.WriteNumberValue(cell.Usable);
                json.WriteNumberValue(cell.Covered);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Head(Utf8JsonWriter json, PageModel page, string id, string unit)
    {
        var name = page.NameOf(id);
        json.WriteStartObject();
        json.WriteString("zh", name.Chinese);
        json.WriteString("en", name.English);
        json.WriteString("unit", unit);
    }

    // value, low, high, and the value as it is shown
    private static void Figures(Utf8JsonWriter json, IndicatorRow row)
    {
        foreach (var number in (ReadOnlySpan<double?>)[row.Value, row.Low, row.High])
        {
            if (number is { } known)
            {
                json.WriteNumberValue(known);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteStringValue(FigureText.Of(row));
        json.WriteEndArray();
    }
}
