using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Results;

/// <summary>One JSON object a row, each ended by a line feed: the bytes behind the row digest.</summary>
public sealed class NdjsonResultWriter : IResultWriter
{
    /// <inheritdoc/>
    public void Write(IndicatorReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        var buffer = new StreamBuffer(output);
        var json = new JsonOutput(buffer);
        foreach (var row in report.Rows)
        {
            json.StartDocument();
            ResultRowJson.Write(json, row, report.TimeZone);
            json.LineFeed();
        }

        buffer.Flush();
    }
}
