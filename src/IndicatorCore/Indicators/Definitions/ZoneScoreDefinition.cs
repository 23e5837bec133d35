using System.Numerics;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// Points of a pilot zone, <c>zone_score</c>, out of 100 (indicator-definitions 9): entered by experts, or of countable items computed from
/// their quantities by a scoring table. Missing ones are never 0.
/// </summary>
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
        Formula = $"exact sum of the points of the 25 items of the zone table, each within its cap: those entered, else of countable items those that the scoring table (--scoring) "
            + "gives for their quantity, piecewise linear, half-even at 0.01 (evidence scoring, scoring_digest, n_computed); "
            + $"{Entered}: how many have points, out of 25; {Partial}: their sum so far, which is no score (evidence missing_items)",
        Unit = "points",
        Needs = [new() { Source = IndicatorNeed.Registry, Required = ["zones"] }],
        State = "none: the registry",
        Weights = "of one zone; other groups have none",
        PublicationRule = "where all 25 items have points; before that not available, flagged REVIEW",
        Parts = [Entered, Partial],
        Sources = ["indicator-definitions 9", "programme-forms 4"],
    };

    /// <inheritdoc/>
    public override bool IsDisclosed => false;

    /// <inheritdoc/>
    protected override bool HasAny(IndicatorRegistry registry) => registry.Zones.Count > 0;

    /// <inheritdoc/>
    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, RegistryIndex registry, RegistryGroups groups, int day)
    {
        var scoring = report.Query.Scoring;
        var quantities = scoring is null || !groups.IsByZone ? null : new ZoneQuantities(report, registry, day);
        foreach (var zone in registry.Registry.Zones.DistinctBy(static zone => zone.Zone).Where(_ => groups.IsByZone))
        {
            var points = PointsOf(zone);
            var entered = points.Count;
            var isReviewed = false;
            foreach (var item in quantities is null ? [] : ZoneTable.Items.Where(item => !points.ContainsKey(item)).ToList())
            {
                if (scoring!.Of(item) is { Length: > 0 } curve && quantities!.Find(zone, item) is { } quantity)
                {
                    points.Add(item, Score(curve, quantity.Numerator, quantity.Denominator));
                    isReviewed |= quantity.IsAmbiguous;
                }
            }

            var sum = points.Values.Sum();
            var evidence = EvidenceOf(scoring, points, points.Count - entered);
            foreach (var group in points.Count == 0 ? [] : groups.OfZone(zone.Zone))
            {
                var isWhole = points.Count == ZoneTable.Items.Count;
                var flags = isWhole && !isReviewed ? ResultFlags.None : ResultFlags.Review;
                var score = Row(group) with
                {
                    Value = ExactRatio.ToDouble(sum, (BigInteger)100),
                    Numerator = new ExactNumber(sum, 2),
                    Flags = flags,
                    Evidence = evidence,
                };
                yield return Figure.Judge(score, isWhole ? null : ResultReason.NoData, suppressed: null);
                yield return Figure.Judge(score with { Indicator = Partial }, notAvailable: null, suppressed: null);
                yield return Figure.Judge(
                    score with { Indicator = Entered, Unit = "1", Value = points.Count, Numerator = points.Count, Denominator = ZoneTable.Items.Count },
                    notAvailable: null,
                    suppressed: null);
            }
        }
    }

    /// <summary>The points that a function gives for a quantity, in hundredths, half to even; beyond its ends those of its ends.</summary>
    /// <param name="curve">The breakpoints, at least one, by quantity at 10⁻⁶.</param>
    /// <param name="numerator">The quantity's numerator, from 0.</param>
    /// <param name="denominator">The quantity's denominator, above 0.</param>
    internal static long Score(ReadOnlySpan<(BigInteger Quantity, long Hundredths)> curve, BigInteger numerator, BigInteger denominator)
    {
        var quantity = numerator * ZoneScoring.QuantityUnits;
        if (quantity <= curve[0].Quantity * denominator)
        {
            return curve[0].Hundredths;
        }

        for (var i = 1; i < curve.Length; i++)
        {
            var (from, to) = (curve[i - 1], curve[i]);
            if (quantity <= to.Quantity * denominator)
            {
                var width = (to.Quantity - from.Quantity) * denominator;
                var rise = (quantity - (from.Quantity * denominator)) * (to.Hundredths - from.Hundredths);
                return (long)HalfEven.Divide((from.Hundredths * width) + rise, width);
            }
        }

        return curve[^1].Hundredths;
    }

    private static Evidence EvidenceOf(ZoneScoring? scoring, Dictionary<ZoneItem, long> points, int computed)
    {
        var additional = new List<KeyValuePair<string, EvidenceValue>>();
        if (scoring is not null)
        {
            additional.Add(KeyValuePair.Create("scoring", new EvidenceValue { Text = scoring.ToString() }));
            additional.Add(KeyValuePair.Create("scoring_digest", new EvidenceValue { Text = scoring.Digest }));
            additional.Add(KeyValuePair.Create("n_computed", new EvidenceValue { Count = computed }));
        }

        if (points.Count < ZoneTable.Items.Count)
        {
            string[] missing = [.. ZoneTable.Items.Where(item => !points.ContainsKey(item)).Select(static item => item.Name)];
            additional.Add(KeyValuePair.Create("missing_items", new EvidenceValue { Texts = missing }));
        }

        return new Evidence { Additional = additional };
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
