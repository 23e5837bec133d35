using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>What must be equal for two states to merge: the options that shape state or report, the thresholds, the source profile, the
/// registry and the definitions (decisions D5). What is done about faults, and with how many threads, is not among them.</summary>
internal static class QueryDigest
{
    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    /// <param name="query">The query; its registry, if any, has a digest.</param>
    /// <param name="definitions">The definitions selected, such as <c>cov_sample@1</c>.</param>
    public static string Of(IndicatorQuery query, IEnumerable<string> definitions)
    {
        var text = new StringBuilder();
        text.Append("state ").Append(StateSchema.Version).Append('\n');
        foreach (var (name, value) in QueryCheck.Options(query).Where(static option => option.Key != "on-bad"))
        {
            text.Append(name).Append('=').Append(value).Append('\n');
        }

        text.AppendJoin(',', definitions.Order(StringComparer.Ordinal)).Append('\n').Append(Of(query.Profile)).Append('\n').Append(query.Source?.ToJson());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Every threshold, in a fixed order.</summary>
    private static string Of(DefinitionProfile profile) => string.Create(
        CultureInfo.InvariantCulture,
        $"{profile.Name}|{profile.KeyDeviceRule}|{profile.RsrpThreshold}|{profile.SinrThreshold}|{profile.GridSize}|{profile.MinimumCellSamples}|")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{profile.CellCoveredPercent}|{profile.MeasuredSharePercent}|{profile.NetworkingDays}|{profile.SustainedPercent}|{profile.MinimumKeyDevices}|")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{profile.MinimumKeyDevicesOfLine}|{profile.MinimumCoverageSamples}|{profile.MinimumGridCells}|{profile.RampDays}|{profile.MinimumPhaseDays}|")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{profile.MaximumPhaseDays}|{profile.SeasonShiftDays}|{profile.FallbackDays}|{profile.MinimumProductionDays}|{profile.MinimumProductionWeeks}|")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{profile.MinimumCostMonths}|{profile.MatchedSharePercent}|{profile.MatchedShareWarnPercent}|{profile.MinimumIntervalDays}|")
        + $"{profile.ApplyCompleteness}|{profile.ApplyMissingShare}|{profile.ApplyDisclosure}|{profile.CostPeriodIsMonth}"
        + (profile.BucketsQuantiles ? "|bucketed" : string.Empty)   // the digests of states that were made before it was stay
        + (profile is { MinimumEnterprises: 3, DominancePercent: 85 } ? string.Empty : $"|disclosure {profile.MinimumEnterprises} {profile.DominancePercent}")
        + (profile.UsesCalendar ? string.Empty : "|in service")
        + (profile.ScenarioDays == 1 ? string.Empty : $"|scenario {profile.ScenarioDays}");
}
