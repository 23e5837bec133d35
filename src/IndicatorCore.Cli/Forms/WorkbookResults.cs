using IndicatorCore.Adapters.Results;
using IndicatorCore.Indicators;
using IndicatorCore.Office.Results;

namespace IndicatorCore.Cli.Forms;

/// <summary>Results as .xlsx. A class of its own, so that only who asks for it loads the Office files' libraries.</summary>
internal sealed class WorkbookResults : IResultWriter
{
    /// <inheritdoc/>
    public void Write(IndicatorReport report, Stream output) => new ResultWorkbook().Write(report, output);
}
