using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>What must be equal for two states to merge (decisions D5): what decides the integers that are kept. What a report chooses among them
/// is not among it, nor what is done about faults and with how many threads.</summary>
internal static class QueryDigest
{
    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    /// <param name="context">The engine's; its registry, if any, has a digest.</param>
    /// <param name="definitions">The definitions that state is kept for, such as <c>cov_sample@1</c>.</param>
    public static string Of(EngineContext context, IEnumerable<string> definitions) => Hash(Text(context, definitions));

    /// <summary>What the digest is of.</summary>
    public static string Text(EngineContext context, IEnumerable<string> definitions)
    {
        var text = new StringBuilder("state 2\n");
        foreach (var (name, value) in Options(context))
        {
            text.Append(name).Append('=').Append(value).Append('\n');
        }

        foreach (var (key, value) in context.Query.Where)
        {
            text.Append("where ").Append(key.Length).Append(' ').Append(key).Append('=').Append(value.Length).Append(' ').Append(value).Append('\n');
        }

        text.Append("cuts=").AppendJoin(',', context.Grain.Cuts).Append('\n');
        return text.AppendJoin(',', definitions.Order(StringComparer.Ordinal)).Append('\n').Append(Of(context.Query.Profile)).Append('\n').Append(context.Query.Source?.ToJson())
            .ToString();
    }

    /// <summary>The same for people.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Options(EngineContext context)
    {
        var (query, grain) = (context.Query, context.Grain);
        (string Name, string? Value)[] options =
        [
            ("panes", grain.Panes.ToString().ToLowerInvariant()),
            ("leaf", "line" + (grain.ByDevice ? ",device" : string.Empty) + (grain.ByProduct ? ",product" : string.Empty)),
            ("tz", query.TimeZone),
            ("where", string.Join(" ", query.Where.Select(static pair => $"{pair.Key}={pair.Value}"))),
            ("profile", query.Profile.Name),
            ("dedup", query.Dedup.ToString().ToLowerInvariant()),
            ("define", query.UserDefined?.Digest),
            ("registry", query.Registry?.Digest),
        ];
        return [.. options.Where(static option => !string.IsNullOrEmpty(option.Value)).Select(static option => KeyValuePair.Create(option.Name, option.Value!))];
    }

    /// <summary>The digest of format version 1: over everything that state or report depends on, the span and levels of the report among it.</summary>
    /// <param name="query">The query; its registry, if any, has a digest.</param>
    /// <param name="definitions">The definitions selected.</param>
    public static string OfVersion1(IndicatorQuery query, IEnumerable<string> definitions)
    {
        var text = new StringBuilder("state 1\n");
        foreach (var (name, value) in QueryCheck.Options(query).Where(static option => option.Key != "on-bad"))
        {
            text.Append(name).Append('=').Append(value).Append('\n');
        }

        text.AppendJoin(',', definitions.Order(StringComparer.Ordinal)).Append('\n').Append(Of(query.Profile)).Append('\n').Append(query.Source?.ToJson());
        return Hash(text.ToString());
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

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
        + (profile.ApplyDefinedRules || profile.Name == DefinitionProfile.TestNoFloor.Name ? string.Empty : "|defined rules off")
        + (profile.UsesCalendar ? string.Empty : "|in service")
        + (profile.ScenarioDays == 1 ? string.Empty : $"|scenario {profile.ScenarioDays}");
}
