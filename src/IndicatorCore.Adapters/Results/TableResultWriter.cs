using System.Text;
using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Results;

/// <summary>The rows as a table for a terminal, with a legend below.</summary>
public sealed class TableResultWriter : IResultWriter
{
    private readonly int? _width;
    private readonly bool _useColor;

    /// <summary>Makes a writer.</summary>
    /// <param name="width">The cells of a line, or null when there is no limit.</param>
    /// <param name="useColor">Whether the status is coloured.</param>
    public TableResultWriter(int? width = null, bool useColor = false)
    {
        _width = width;
        _useColor = useColor;
    }

    /// <inheritdoc/>
    public void Write(IndicatorReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true);
        var layout = ResultTable.Of(report);
        var table = new TextTable([.. layout.Columns]);
        for (var i = 0; i < layout.Rows.Count; i++)
        {
            table.Add(layout.Rows[i], Color(report.Rows[i].Status));
        }

        table.Write(text, _width, _useColor);
        text.Write('\n');
        foreach (var line in layout.Legend(report))
        {
            text.Write(line);
            text.Write('\n');
        }

        text.Flush();
    }

    private static string? Color(ResultStatus status) => status switch
    {
        ResultStatus.PublishedWithWarning => "33",
        ResultStatus.Suppressed => "31",
        ResultStatus.NotAvailable => "2",
        _ => null,
    };
}
