using IndicatorCore.Adapters.Registry;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Architecture;

/// <summary>README's library example, compiled: the region must be README's block to the letter.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync(string exports, string registry, TextWriter output, Stream file)
    {
        #region README
        var query = new IndicatorQuery
        {
            Registry = RegistryReader.Read(registry),
            GroupBy = ["factory"],
            Select = ["knr", "cov_sample"],
        };
        await using var engine = new IndicatorEngine(query);
        await engine.ReadAsync(exports);           // a file, a directory or a glob; a PipeReader and batches in memory likewise
        var report = engine.Finish();              // consumes nothing: read more and ask again
        foreach (var row in report.Rows.Where(static row => row.Status == ResultStatus.Published))
        {
            output.WriteLine($"{row.Group[0].Value} {row.Indicator} = {row.Numerator} / {row.Denominator} = {row.Value:P1}");
        }

        new NdjsonResultWriter().Write(report, file);
        #endregion
    }
}
