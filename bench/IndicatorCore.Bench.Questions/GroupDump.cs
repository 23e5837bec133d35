using System.Globalization;
using IndicatorCore.Indicators;

namespace IndicatorCore.Bench.Questions;

/// <summary>The figures of every group as tab-separated text: a heading, then line, hour since 1970 and the figures by id.</summary>
internal static class GroupDump
{
    private const long HourNanoseconds = 3_600_000_000_000;

    /// <summary>Writes a report: its table by column where it has one, else its rows.</summary>
    /// <returns>The number of groups.</returns>
    public static int Write(IndicatorReport report, string path)
    {
        using var writer = new StreamWriter(path);
        return report.Tables is [var table] ? Write(table, writer) : Write(report.Rows, writer);
    }

    private static int Write(IndicatorTable table, StreamWriter writer)
    {
        WriteHeading(table.Columns.Select(static column => column.Indicator), writer);
        for (var row = 0; row < table.Length; row++)
        {
            writer.Write($"{table.Group(row)[0]}\t{table.Window(row).Start / HourNanoseconds}");
            foreach (var column in table.Columns)
            {
                var value = column.Values.Span[row];
                WriteFigure(column.Indicator, double.IsNaN(value) ? null : value, writer);
            }

            writer.Write('\n');
        }

        return table.Length;
    }

    // ordered by group, window and id, so that a group's figures lie together
    private static int Write(IReadOnlyList<IndicatorRow> rows, StreamWriter writer)
    {
        string[] indicators = [.. rows.Select(static row => row.Indicator).Distinct().Order(StringComparer.Ordinal)];
        WriteHeading(indicators, writer);
        for (var first = 0; first < rows.Count; first += indicators.Length)
        {
            writer.Write($"{rows[first].Group[0].Value}\t{rows[first].WindowStart / HourNanoseconds}");
            for (var i = 0; i < indicators.Length; i++)
            {
                var row = rows[first + i];
                if (row.Indicator != indicators[i])
                {
                    throw new InvalidDataException($"Row {first + i} holds {row.Indicator}, not {indicators[i]}.");
                }

                WriteFigure(row.Indicator, row.Value, writer);
            }

            writer.Write('\n');
        }

        return rows.Count / indicators.Length;
    }

    private static void WriteHeading(IEnumerable<string> indicators, StreamWriter writer) =>
        writer.Write($"line\thour\t{string.Join('\t', indicators)}\n");

    private static void WriteFigure(string indicator, double? value, StreamWriter writer)
    {
        writer.Write('\t');
        writer.Write(FigureScale.Of(indicator)(value ?? 0).ToString("R", CultureInfo.InvariantCulture));
    }
}
