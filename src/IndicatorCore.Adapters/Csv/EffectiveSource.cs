using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.Csv;

/// <summary>What is left of a source profile once the CSV has been read: what only the run can apply.</summary>
internal static class EffectiveSource
{
    /// <summary>Whether a column's unit is left to the run: indices are judged there, and declared sentinels are in the export's unit.</summary>
    public static bool KeepsUnit(ColumnMapping mapping) => mapping.IsReportIndex || mapping.Sentinels is not null;

    /// <summary>The settings that the output's metadata carries.</summary>
    /// <param name="settings">The settings of the input.</param>
    /// <param name="canonical">The canonical columns of the output.</param>
    /// <param name="outputName">The output's name of a heading of the input.</param>
    public static SourceSettings Of(SourceSettings settings, IReadOnlyList<string> canonical, Func<string, string> outputName) => new()
    {
        TimeZone = settings.TimeZone,
        IntervalNanoseconds = settings.IntervalNanoseconds,
        PlausibleFrom = settings.PlausibleFrom,
        PlausibleTo = settings.PlausibleTo,
        NominalPeriodNanoseconds = settings.NominalPeriodNanoseconds,
        HeartbeatTimeoutNanoseconds = settings.HeartbeatTimeoutNanoseconds,
        DefaultRat = settings.DefaultRat,
        CostPeriodIsMonth = settings.CostPeriodIsMonth,
        Identity = settings.Identity switch
        {
            null => canonical,
            ["*"] => settings.Identity,
            var columns => [.. columns.Select(outputName).Distinct(StringComparer.Ordinal)],
        },
        IdentityExcept = [.. settings.IdentityExcept.Select(outputName)],
        Columns = settings.Columns
            .Where(pair => KeepsUnit(pair.Value) && canonical.Contains(pair.Key, StringComparer.Ordinal))
            .ToDictionary(
                static pair => pair.Key,
                static pair => new ColumnMapping
                {
                    IsReportIndex = pair.Value.IsReportIndex,
                    Unit = pair.Value.Unit,
                    Sentinels = pair.Value.Sentinels,
                }),
    };
}
