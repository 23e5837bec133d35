using System.Numerics;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Forms the sums of <c>eff_gain</c> (indicator-definitions 4).</summary>
internal static class EfficiencySums
{
    private const int Labour = 0;
    private const int Machine = 1;
    private static readonly BigInteger s_scale = BigInteger.Pow(10, 12);

    /// <summary>The sums of a group, or null when no line of it has a baseline.</summary>
    public static PhaseSums? Of(Scope scope, Ledger ledger)
    {
        var lines = scope.Lines.Select(ledger.Production.Of).OfType<LinePhases>().Where(static line => line.HasBaseline).ToList();
        if (lines.Count == 0)
        {
            return null;
        }

        var sums = new PhaseSums();
        var kind = InputKind(lines);
        sums.Input = kind == Labour ? "labour" : "machine";
        foreach (var line in lines)
        {
            sums.Include(line);
            sums.Periods[0].UnionWith(line.DaysIn(line.Baseline));
            sums.Periods[1].UnionWith(line.DaysIn(line.After));
            foreach (var product in line.Line.Products)
            {
                var (before, after) = (line.Totals(product, 0), line.Totals(product, 1));
                Add(sums, kind, before, after, line.Line.Factory.Enterprise);
                if (before.OutputWith[kind] > 0 || after.OutputWith[kind] > 0)
                {
                    sums.Units.Add(product.Unit);
                }
            }
        }

        return sums;
    }

    private static void Add(PhaseSums sums, int kind, StratumTotals before, StratumTotals after, string enterprise)
    {
        var (q0, l0) = ((BigInteger)before.OutputWith[kind], (BigInteger)before.Input[kind]);
        var (q1, l1) = ((BigInteger)after.OutputWith[kind], (BigInteger)after.Input[kind]);
        sums.Total[0] += l0 + before.InputWithoutOutput[kind];
        sums.Total[1] += l1 + after.InputWithoutOutput[kind];

        // "Pooled covers all rows with valid q and input."
        sums.PooledOutput[0] += q0;
        sums.PooledOutput[1] += q1;
        sums.PooledInput[0] += l0;
        sums.PooledInput[1] += l1;

        // "Only matched strata (q0, l0, q1, l1 > 0) enter."
        if (q0.Sign <= 0 || l0.Sign <= 0 || q1.Sign <= 0 || l1.Sign <= 0)
        {
            return;
        }

        // E_P = sum q1·h0 / sum l1, E_L = sum l0 / sum q0·h1, in hours; hours are held in twentieths, and "each quotient (such as
        // q1*h0) rounded half-even to an integer at scale 1e-12, then summed" (1.5).
        sums.HasMatch = true;
        sums.PaascheNumerator += Exact.RoundedQuotient(q1 * l0 * s_scale, q0 * 20);
        sums.PaascheDenominator += l1 * s_scale / 20;
        sums.LaspeyresNumerator += l0 * s_scale / 20;
        sums.LaspeyresDenominator += Exact.RoundedQuotient(q0 * l1 * s_scale, q1 * 20);
        sums.Matched[0] += l0;
        sums.Matched[1] += l1;
        sums.Enterprises[enterprise] = sums.Enterprises.GetValueOrDefault(enterprise) + l1;
    }

    private static int InputKind(List<LinePhases> lines)
    {
        // "labour if recorded for >= 95 % of output, else machine"; output = plain sum of q over rows with valid q in both phases (10.2).
        BigInteger all = 0;
        BigInteger withLabour = 0;
        foreach (var line in lines)
        {
            foreach (var product in line.Line.Products)
            {
                for (var phase = 0; phase < 2; phase++)
                {
                    all += line.Totals(product, phase).Output;
                    withLabour += line.Totals(product, phase).OutputWith[Labour];
                }
            }
        }

        return withLabour * 100 >= all * 95 ? Labour : Machine;
    }
}
