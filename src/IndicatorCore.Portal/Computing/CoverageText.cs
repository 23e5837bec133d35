using IndicatorCore.Indicators;

namespace IndicatorCore.Portal.Computing;

/// <summary>The grid cells of the coverage map, a cell a line: an object that begins with its factory, so that others are passed over unread.</summary>
internal static class CoverageText
{
    /// <summary>Writes the cells.</summary>
    public static void Write(IReadOnlyList<CoverageCell> cells, Stream output)
    {
        var buffer = new OutputBuffer(output);
        var json = new JsonOutput(buffer);
        json.StartObject();
        json.Name("cells");
        json.StartArray();
        foreach (var cell in cells)
        {
            json.StartLine();
            json.StartObject();
            json.Name("factory");
            json.Value(cell.Factory);
            json.Name("floor");
            json.Value(cell.Floor);
            json.Name("x");
            json.Value(cell.X);
            json.Name("y");
            json.Value(cell.Y);
            json.Name("usable");
            json.Value(cell.Usable);
            json.Name("covered");
            json.Value(cell.Covered);
            json.Name("state");
            json.Value(cell.State switch { CoverageCellState.Covered => "covered", CoverageCellState.NotCovered => "not_covered", _ => "unmeasured" });
            json.EndObject();
        }

        json.LineFeed();
        json.EndArray();
        json.EndObject();
        json.LineFeed();
        buffer.Flush();
    }
}
