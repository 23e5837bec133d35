using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Stops by line; rows are made again line by line, so that none is kept.</summary>
internal sealed class StopLedger(ProvinceModel province, DowntimeSimulation simulation)
{
    private (bool HasRows, Int128 Stopped, Int128 Down, long Failures)[]? _lines;

    /// <summary>The stops of lines in [first day, last day).</summary>
    public StopCount Of(IReadOnlyCollection<LineModel> lines, int firstDay, int endDay)
    {
        var from = LocalCalendar.Midnight(firstDay);
        var to = LocalCalendar.Midnight(endDay);
        _lines ??= [.. province.Lines.Select(line => Fold([.. simulation.Of(line)], from, to))];

        // Lines without a stop count, too, in factories of which any line reports stops.
        var reporting = province.Lines.Where(line => _lines[line.Index].HasRows).Select(static line => line.Factory.Index).ToHashSet();
        Int128 up = 0;
        Int128 down = 0;
        long failures = 0;
        foreach (var line in lines.Where(line => reporting.Contains(line.Factory.Index)))
        {
            up += to - from - _lines[line.Index].Stopped;
            down += _lines[line.Index].Down;
            failures += _lines[line.Index].Failures;
        }

        return new StopCount(up, down, failures, lines.Any(line => _lines[line.Index].HasRows));
    }

    private static (bool HasRows, Int128 Stopped, Int128 Down, long Failures) Fold(List<DowntimeRow> rows, long from, long to)
    {
        // without end or kind it is missing, of another kind or ended before it began invalid; the same stop told twice counts once
        var stops = rows.Where(static row => row.End >= row.Start && row.Kind is not null && row.Kind != DowntimeSimulation.Kinds[^1])
            .Select(static row => (row.Start, End: row.End!.Value, IsFailure: row.Kind!.StartsWith("failure", StringComparison.Ordinal)))
            .Distinct().OrderBy(static stop => stop.Start).ThenBy(static stop => stop.End).ToList();
        Int128 stopped = 0;
        var reached = from;
        foreach (var (start, end, _) in stops)
        {
            var begin = Math.Max(start, reached);
            var finish = Math.Min(end, to);
            if (finish > begin)
            {
                stopped += finish - begin;
                reached = finish;
            }
        }

        var failures = stops.Where(stop => stop.IsFailure && stop.Start >= from && stop.Start < to).ToList();
        Int128 down = 0;
        foreach (var (start, end, _) in failures)
        {
            down += end - start;
        }

        return (rows.Count > 0, stopped, down, failures.Count);
    }
}
