using System.Numerics;

namespace IndicatorCore.Indicators.Phases;

/// <summary>The four sums of an index over matched strata.</summary>
/// <param name="ProjectedAfter">Σ q1·x0/q0: what the after phase's output would have needed before, at 10⁻¹².</param>
/// <param name="ProjectedBase">Σ q0·x1/q1: what the baseline's output would need now, at 10⁻¹².</param>
/// <param name="InputBase">Σ x0, in stored units.</param>
/// <param name="InputAfter">Σ x1, in stored units.</param>
internal readonly record struct IndexSums(
    BigInteger ProjectedAfter, BigInteger ProjectedBase, BigInteger InputBase, BigInteger InputAfter)
{
    /// <summary>E_P · E_L = Fisher squared: numerator. The units cancel.</summary>
    public BigInteger FisherAbove => ProjectedAfter * InputBase;

    /// <summary>E_P · E_L = Fisher squared: denominator.</summary>
    public BigInteger FisherBelow => InputAfter * ProjectedBase;

    /// <summary>Whether every sum is above zero, so that every ratio of them exists.</summary>
    public bool IsPositive => ProjectedAfter.Sign > 0 && ProjectedBase.Sign > 0 && InputBase.Sign > 0 && InputAfter.Sign > 0;

    /// <summary>The sums of the matched strata of a tally.</summary>
    public static IndexSums Of(PhaseTally tally, IndexForm form)
    {
        BigInteger projectedAfter = 0, projectedBase = 0;
        foreach (var stratum in tally.Strata)
        {
            if (stratum.IsMatched)
            {
                projectedAfter += form.Quotient(stratum.Output(1), stratum.Input(0), stratum.Output(0));
                projectedBase += form.Quotient(stratum.Output(0), stratum.Input(1), stratum.Output(1));
            }
        }

        return new IndexSums(projectedAfter, projectedBase, tally.Matched(0), tally.Matched(1));
    }
}
