using System.Text;
using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Results;

/// <summary>The rows as a Markdown table, with the legend below.</summary>
public sealed class MarkdownResultWriter : IResultWriter
{
    /// <inheritdoc/>
    public void Write(IndicatorReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true);
        var layout = ResultTable.Of(report);
        MarkdownTable.Write(text, layout.Columns, layout.Rows);
        text.Write('\n');
        foreach (var line in layout.Legend(report))
        {
            text.Write(MarkdownTable.Literal(line));
            text.Write("  \n");
        }

        text.Flush();
    }
}
