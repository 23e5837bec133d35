using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Phases;
using static IndicatorCore.Tests.Indicators.Phases.PhaseData;

namespace IndicatorCore.Tests.Indicators.Phases;

public sealed class PhaseOrderTests
{
    [Fact]
    public void The_order_of_cells_changes_nothing() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), static seed =>
        {
            var random = new SplitMix64((ulong)seed);
            var production = new List<ProductionCell>();
            var cost = new List<CostCell>();
            for (var day = Day("2024-01-01"); day < Day("2024-03-01"); day++)
            {
                for (var stratum = 0; stratum < 4; stratum++)
                {
                    var line = random.Next(5) == 0 ? null : "L" + (stratum % 2);
                    decimal? pieces = random.Next(20) == 0 ? null : random.Next(100);
                    production.Add(Made(day, line, "P" + (stratum / 2), pieces, random.Next(50), random.Next(50)));
                    cost.Add(Cost(day, line, "P" + (stratum / 2), random.Next(100), random.Next(5000), "E" + random.Next(2), random.Next(4) == 0));
                }
            }

            var shuffledProduction = Shuffle(production, random);
            var shuffledCost = Shuffle(cost, random);
            var first = Given(production, cost);
            var second = Given(shuffledProduction, shuffledCost);
            return Lines(EfficiencyGain.Compute(first, PhaseParts.All)) == Lines(EfficiencyGain.Compute(second, PhaseParts.All))
                && Lines(CostReduction.Compute(first, PhaseParts.All)) == Lines(CostReduction.Compute(second, PhaseParts.All));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    private static string Lines(IEnumerable<PhaseFigure> figures) => string.Join('\n', figures.Select(PhaseComparison.Text));

    private static List<T> Shuffle<T>(List<T> items, SplitMix64 random)
    {
        var shuffled = items.ToList();
        for (var i = shuffled.Count - 1; i > 0; i--)
        {
            var other = random.Next(i + 1);
            (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
        }

        return shuffled;
    }
}
