using System.Numerics;
using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Forms the sums of <c>cost_red</c> (indicator-definitions 5), with project cost.</summary>
internal static class CostSums
{
    private static readonly BigInteger s_scale = BigInteger.Pow(10, 12);

    /// <summary>The sums of a group, or null when no line of it has a baseline.</summary>
    public static PhaseSums? Of(Scope scope, Ledger ledger)
    {
        PhaseSums? sums = null;
        foreach (var line in scope.Lines)
        {
            if (ledger.Production.Of(line) is not { HasBaseline: true } phases || ledger.Cost.Months(line, 0).Count == 0)
            {
                continue;
            }

            if (phases.IsFallback)
            {
                throw new InvalidOperationException($"Line {line.Id} has cost but no same-season baseline, which the ledger does not keep.");
            }

            sums ??= new PhaseSums();
            sums.Include(phases);
            sums.Periods[0].UnionWith(ledger.Cost.Months(line, 0));
            sums.Periods[1].UnionWith(ledger.Cost.Months(line, 1));
            foreach (var product in line.Products)
            {
                Add(sums, ledger, phases, product);
            }
        }

        return sums;
    }

    private static void Add(PhaseSums sums, Ledger ledger, LinePhases line, ProductModel product)
    {
        var cost = new[] { ledger.Cost.Of(line.Line, product, 0), ledger.Cost.Of(line.Line, product, 1) };

        // "Required elements of a stratum = union of the elements with any row in either phase."
        var required = cost[0].Elements.Keys.Union(cost[1].Elements.Keys).ToList();
        if (required.Count == 0)
        {
            return;
        }

        var matched = true;
        for (var phase = 0; phase < 2; phase++)
        {
            // "q is cost.q_good, else production with interval_start in the counted periods"; there is no cost.q_good here.
            var output = line.CostOutput[product.Slot][phase];

            // "an element absent or null in a phase makes that stratum-phase MISSING"; so does a production row with missing q inside a
            // counted period (10.2). Its present cost counts as unmatched.
            var isMissing = cost[phase].HasNull || required.Exists(element => !cost[phase].Elements.ContainsKey(element))
                || output.HasMissingOutput;
            var fen = (BigInteger)cost[phase].Fen;
            sums.Total[phase] += fen;
            matched &= !isMissing && output.Output > 0 && fen.Sign > 0;
            if (isMissing)
            {
                continue;
            }

            // "Pooled cost = all stratum-phases not MISSING; its units are those of the production rows used for q."
            sums.PooledInput[phase] += fen;
            sums.PooledOutput[phase] += output.Output;
            if (output.Output > 0)
            {
                sums.Units.Add(product.Unit);
            }
        }

        if (!matched)
        {
            return;
        }

        var (q0, q1) = ((BigInteger)line.CostOutput[product.Slot][0].Output, (BigInteger)line.CostOutput[product.Slot][1].Output);
        var (c0, c1) = ((BigInteger)cost[0].Fen, (BigInteger)cost[1].Fen);

        // 1 − R_P = sum C1 / sum q1·c0, 1 − R_L = sum q0·c1 / sum C0, in CNY; each quotient at scale 1e-12.
        sums.HasMatch = true;
        sums.PaascheNumerator += c1 * s_scale / 100;
        sums.PaascheDenominator += Exact.RoundedQuotient(q1 * c0 * s_scale, q0 * 100);
        sums.LaspeyresNumerator += Exact.RoundedQuotient(q0 * c1 * s_scale, q1 * 100);
        sums.LaspeyresDenominator += c0 * s_scale / 100;
        sums.Matched[0] += c0;
        sums.Matched[1] += c1;
        var enterprise = line.Line.Factory.Enterprise;
        sums.Enterprises[enterprise] = sums.Enterprises.GetValueOrDefault(enterprise) + c1;
    }
}
