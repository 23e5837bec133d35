using IndicatorCore.Indicators;

namespace IndicatorCore.Portal.Computing;

/// <summary>What differs between two revisions, by view: whole rows, so that a reader sees what was published before and now.</summary>
internal sealed class RevisionDifference
{
    private readonly List<(string View, RowChange Change, TimeZoneInfo Zone)> _changes = [];

    public RevisionDifference(IReadOnlyList<KeyValuePair<string, IndicatorReport>> before, IReadOnlyList<KeyValuePair<string, IndicatorReport>> now)
    {
        for (var i = 0; i < now.Count; i++)
        {
            var report = now[i].Value;
            _changes.AddRange(ReportDifference.Of(before[i].Value, report).Select(change => (now[i].Key, change, report.TimeZone)));
        }
    }

    /// <summary>How many rows differ.</summary>
    public long Count => _changes.Count;

    /// <summary>Writes them, a change a line.</summary>
    public void Write(Stream output)
    {
        var buffer = new OutputBuffer(output);
        var json = new JsonOutput(buffer);
        foreach (var (view, change, zone) in _changes)
        {
            json.StartDocument();
            json.StartObject();
            json.Name("view");
            json.Value(view);
            json.Name("old");
            Row(json, change.Old, zone);
            json.Name("new");
            Row(json, change.New, zone);
            json.EndObject();
            json.LineFeed();
        }

        buffer.Flush();
    }

    private static void Row(JsonOutput json, IndicatorRow? row, TimeZoneInfo zone)
    {
        if (row is null)
        {
            json.Null();
        }
        else
        {
            ResultRowJson.Write(json, row, zone);
        }
    }
}
