using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Results;

/// <summary>Writes a report in one format.</summary>
public interface IResultWriter
{
    /// <summary>Writes the whole report; the stream stays open.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">Takes the bytes.</param>
    void Write(IndicatorReport report, Stream output);
}
