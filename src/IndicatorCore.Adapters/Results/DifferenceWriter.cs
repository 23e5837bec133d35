using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Results;

/// <summary>What differs between two reports, one JSON object a row that changed, each ended by a line feed (docs/distributed.md).</summary>
public static class DifferenceWriter
{
    /// <summary>Writes the rows that differ; none where there are none.</summary>
    /// <param name="before">The older report, or null for none: then every row is new.</param>
    /// <param name="now">The newer one.</param>
    /// <param name="output">Takes the bytes; stays open.</param>
    public static void Write(IndicatorReport? before, IndicatorReport now, Stream output)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(output);
        var buffer = new StreamBuffer(output);
        var json = new JsonOutput(buffer);
        foreach (var change in before is null ? now.Rows.Select(static row => new RowChange(null, row)) : ReportDifference.Of(before, now))
        {
            json.StartDocument();
            Write(json, change, now.TimeZone);
            json.LineFeed();
        }

        buffer.Flush();
    }

    private static void Write(JsonOutput json, RowChange change, TimeZoneInfo zone)
    {
        var row = change.New ?? change.Old!;
        json.StartObject();
        json.Name("indicator");
        json.Value(row.Indicator);
        json.Name("group");
        json.StartObject();
        foreach (var (key, value) in row.Group)
        {
            json.Name(key);
            json.Value(value);
        }

        json.EndObject();
        json.Name("change");
        json.Value(change.Old is null ? "added" : change.New is null ? "removed" : "changed");
        json.Name("numerator_change");
        json.Value(change.NumeratorChange);
        json.Name("denominator_change");
        json.Value(change.DenominatorChange);
        json.Name("old");
        Side(json, change.Old, zone);
        json.Name("new");
        Side(json, change.New, zone);
        json.EndObject();
    }

    private static void Side(JsonOutput json, IndicatorRow? row, TimeZoneInfo zone)
    {
        if (row is null)
        {
            json.Null();
            return;
        }

        json.StartObject();
        json.Name("revision");
        if (row.Revision is { } revision)
        {
            json.Value(revision);
        }
        else
        {
            json.Null();
        }

        json.Name("window_start");
        json.Instant(row.WindowStart, zone);
        json.Name("window_end");
        json.Instant(row.WindowEnd, zone);
        json.Name("value");
        json.Value(row.Value);
        json.Name("numerator");
        json.Value(row.Numerator);
        json.Name("denominator");
        json.Value(row.Denominator);
        json.Name("low");
        json.Value(row.Low);
        json.Name("high");
        json.Value(row.High);
        json.Name("status");
        json.Value(ResultNames.Of(row.Status));
        json.Name("reason");
        json.Value(row.Reason is { } reason ? ResultNames.Of(reason) : null);
        json.Name("flags");
        json.StartArray();
        foreach (var flag in ResultNames.Of(row.Flags))
        {
            json.Value(flag);
        }

        json.EndArray();
        json.EndObject();
    }
}
