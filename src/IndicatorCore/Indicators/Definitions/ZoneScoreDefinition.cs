using System.Numerics;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Points of a pilot zone, <c>zone_score</c>, out of 100 (indicator-definitions 9). Points are entered by experts; missing ones are never 0.</summary>
internal sealed class ZoneScoreDefinition : RegistryCountDefinition
{
    private const string Entered = "zone_score.entered";
    private const string Partial = "zone_score.partial";

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "zone_score",
        ChineseName = "先导区得分",
        EnglishName = "Zone score",
        Formula = $"exact sum of the points entered for the 25 items of the zone table, each within its cap; {Entered}: how many are entered, out of 25; "
            + $"{Partial}: their sum so far, which is no score",
        Unit = "points",
        Needs = [new() { Source = IndicatorNeed.Registry, Required = ["zones"] }],
        State = "none: the registry",
        Weights = "of one zone; other groups have none",
        PublicationRule = "where all 25 items are entered; before that not available, flagged REVIEW",
        Parts = [Entered, Partial],
        Sources = ["indicator-definitions 9", "programme-forms 4"],
    };

    /// <inheritdoc/>
    public override bool IsDisclosed => false;

    /// <inheritdoc/>
    protected override bool HasAny(IndicatorRegistry registry) => registry.Zones.Any(static zone => PointsOf(zone).Count > 0);

    /// <inheritdoc/>
    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, RegistryIndex registry, RegistryGroups groups, int day)
    {
        foreach (var zone in registry.Registry.Zones.DistinctBy(static zone => zone.Zone).Where(_ => groups.IsByZone))
        {
            var points = PointsOf(zone);
            var sum = points.Values.Sum();
            foreach (var group in points.Count == 0 ? [] : groups.OfZone(zone.Zone))
            {
                var isWhole = points.Count == ZoneTable.Items.Count;
                var flags = isWhole ? ResultFlags.None : ResultFlags.Review;
                var score = Row(group) with
                {
                    Value = ExactRatio.ToDouble(sum, (BigInteger)100),
                    Numerator = new ExactNumber(sum, 2),
                    Flags = flags,
                };
                yield return Figure.Judge(score, isWhole ? null : ResultReason.NoData, suppressed: null);
                yield return Figure.Judge(score with { Indicator = Partial }, notAvailable: null, suppressed: null);
                yield return Figure.Judge(
                    Row(group, points.Count) with { Indicator = Entered, Unit = "1", Denominator = ZoneTable.Items.Count, Flags = flags }, notAvailable: null, suppressed: null);
            }
        }
    }

    // hundredths of points by item
    private static Dictionary<ZoneItem, long> PointsOf(ZoneRecord zone)
    {
        var points = new Dictionary<ZoneItem, long>();
        foreach (var (heading, text) in zone.Additional)
        {
            if (ZoneTable.ItemOfPoints(heading) is { } item && PrintedText.Hundredths(heading, text, item.Cap) is { } hundredths)
            {
                points[item] = hundredths;
            }
        }

        return points;
    }
}
