using IndicatorCore.CData;
using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Architecture;

/// <summary>The library example of docs/getting-started.md, compiled: the region must be the page's block to the letter.</summary>
internal static class GettingStartedExample
{
    public static async Task<IndicatorReport> RunAsync(IndicatorQuery query, nint stream)
    {
        #region getting started
        using var reader = new CStreamReader(stream);   // the address of a struct ArrowArrayStream that the other library filled
        await using var engine = new IndicatorEngine(query);
        await engine.ReadAsync(reader.ReadAll());       // reads batches where they lie, and releases each once it is read
        return engine.Finish();
        #endregion
    }
}
