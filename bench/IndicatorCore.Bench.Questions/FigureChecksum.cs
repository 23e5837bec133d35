using System.Text.Json.Nodes;
using IndicatorCore.Indicators;

namespace IndicatorCore.Bench.Questions;

/// <summary>Every figure and every key of a report, read once and summed up so that reports can be compared.</summary>
internal sealed class FigureChecksum
{
    private readonly SortedDictionary<string, double> _figures = new(StringComparer.Ordinal);
    private long _groups;
    private double _weighted;
    private long _keys;

    /// <summary>Reads a report: its tables by column where it has some, else its rows.</summary>
    public static FigureChecksum Of(IndicatorReport report)
    {
        var checksum = new FigureChecksum();
        if (report.Tables.Count > 0)
        {
            foreach (var table in report.Tables)
            {
                checksum.Add(table);
            }
        }
        else
        {
            checksum.Add(report.Rows);
        }

        return checksum;
    }

    /// <summary>
    /// <c>groups</c>: those with a figure; <c>figures</c>: the sum of each over all groups, minima, maxima and quantiles in millionths;
    /// <c>weighted</c>: the sum of the first figure times its hour of the day plus one.
    /// </summary>
    public JsonObject ToJson()
    {
        var figures = new JsonObject();
        foreach (var (name, sum) in _figures)
        {
            figures[name] = sum;
        }

        return new JsonObject { ["groups"] = _groups, ["figures"] = figures, ["weighted"] = _weighted, ["keys"] = _keys };
    }

    private void Add(IndicatorTable table)
    {
        foreach (var column in table.Columns)
        {
            var scale = FigureScale.Of(column.Indicator);
            var sum = 0d;
            foreach (var value in column.Values.Span)
            {
                sum += double.IsNaN(value) ? 0 : scale(value);
            }

            _figures[column.Indicator] = sum;
        }

        if (table.Columns.FirstOrDefault(static column => FigureScale.IsFirst(column.Indicator)) is not { } weighing)
        {
            return;   // another of the tables has it, for the same groups
        }

        var values = weighing.Values.Span;
        var ofFirst = FigureScale.Of(weighing.Indicator);
        for (var row = 0; row < table.Length; row++)
        {
            foreach (var key in table.Group(row))
            {
                _keys += key is null or "" ? 1 : key.Length + key[^1];
            }

            var value = values[row];
            if (!double.IsNaN(value) && value != 0)
            {
                _groups++;
                _weighted += ofFirst(value) * ((table.Window(row).Start / 3_600_000_000_000 % 24) + 1);
            }
        }
    }

    private void Add(IReadOnlyList<IndicatorRow> rows)
    {
        foreach (var row in rows)
        {
            foreach (var (_, key) in row.Group)
            {
                _keys += string.IsNullOrEmpty(key) ? 1 : key.Length + key[^1];
            }

            if (row.Value is not { } value)
            {
                continue;
            }

            var scaled = FigureScale.Of(row.Indicator)(value);
            _figures[row.Indicator] = _figures.GetValueOrDefault(row.Indicator) + scaled;
            if (FigureScale.IsFirst(row.Indicator) && value != 0)
            {
                _groups++;
                _weighted += scaled * ((row.WindowStart.GetValueOrDefault() / 3_600_000_000_000 % 24) + 1);
            }
        }
    }
}
