using System.Numerics;

namespace IndicatorCore.Indicators.Phases;

/// <summary>The strata of one result row, summed: what an index and its publication rules are made from.</summary>
internal interface IPhaseTally
{
    /// <summary>Whether the units of all output agree; rows without a unit agree with any (section 4, Details).</summary>
    bool HasCommonUnit { get; }

    /// <summary>Whether any stratum is matched.</summary>
    bool HasMatched { get; }

    /// <summary>The input of matched strata, as the matched share counts it.</summary>
    BigInteger Matched(int phase);

    /// <summary>All input, as the matched share counts it.</summary>
    BigInteger Total(int phase);

    /// <summary>Q0, Q1 of the pooled figure: all strata, matched or not.</summary>
    BigInteger PooledOutput(int phase);

    /// <summary>L0, L1 of the pooled figure: all strata, matched or not, in any unit that both phases share.</summary>
    BigInteger PooledInput(int phase);

    /// <summary>The sums of the index over matched strata, in any unit that all four share.</summary>
    IndexSums Sums(IndexForm form);
}
