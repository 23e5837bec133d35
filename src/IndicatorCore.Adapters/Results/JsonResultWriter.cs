using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Results;

/// <summary>One object with the manifest and the rows, a row a line.</summary>
public sealed class JsonResultWriter : IResultWriter
{
    /// <inheritdoc/>
    public void Write(IndicatorReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        var buffer = new StreamBuffer(output);
        var json = new JsonOutput(buffer);
        json.StartObject();
        json.Name("manifest");
        ManifestJson.Write(json, report.Manifest, report.TimeZone);
        json.StartLine();
        json.Name("results");
        json.StartArray();
        foreach (var row in report.Rows)
        {
            json.StartLine();
            ResultRowJson.Write(json, row, report.TimeZone);
        }

        json.EndArray();
        json.EndObject();
        json.LineFeed();
        buffer.Flush();
    }
}
