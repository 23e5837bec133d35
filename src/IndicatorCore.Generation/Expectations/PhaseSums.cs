using System.Numerics;

namespace IndicatorCore.Generation.Expectations;

/// <summary>The sums of a group that eff_gain and cost_red are formed from; index sums at scale 1e-12, the rest in source units.</summary>
internal sealed class PhaseSums
{
    public BigInteger PaascheNumerator { get; set; }

    public BigInteger PaascheDenominator { get; set; }

    public BigInteger LaspeyresNumerator { get; set; }

    public BigInteger LaspeyresDenominator { get; set; }

    /// <summary>Whether any stratum is matched.</summary>
    public bool HasMatch { get; set; }

    /// <summary>Input (or cost) of matched strata by phase.</summary>
    public BigInteger[] Matched { get; } = new BigInteger[2];

    /// <summary>All present input (or cost) by phase.</summary>
    public BigInteger[] Total { get; } = new BigInteger[2];

    /// <summary>Output of pooled rows by phase, in thousandths.</summary>
    public BigInteger[] PooledOutput { get; } = new BigInteger[2];

    /// <summary>Input (or cost) of pooled rows by phase.</summary>
    public BigInteger[] PooledInput { get; } = new BigInteger[2];

    public SortedSet<string> Units { get; } = new(StringComparer.Ordinal);

    /// <summary>Matched input (or cost) of the after phase by enterprise: disclosure's denominator (10.2).</summary>
    public Dictionary<string, BigInteger> Enterprises { get; } = [];

    /// <summary>Distinct production days by phase, or distinct months for cost.</summary>
    public HashSet<int>[] Periods { get; } = [[], []];

    public SortedSet<string> Flags { get; } = new(StringComparer.Ordinal);

    /// <summary>labour or machine; null for cost.</summary>
    public string? Input { get; set; }

    public int WindowStart { get; private set; } = int.MaxValue;

    public int WindowEnd { get; private set; } = int.MinValue;

    public int BaselineStart { get; private set; } = int.MaxValue;

    public int BaselineEnd { get; private set; } = int.MinValue;

    /// <summary>Takes a contributing line's spans and flags.</summary>
    public void Include(LinePhases line)
    {
        WindowStart = Math.Min(WindowStart, line.After.Start);
        WindowEnd = Math.Max(WindowEnd, line.After.End);
        BaselineStart = Math.Min(BaselineStart, line.Baseline.Start);
        BaselineEnd = Math.Max(BaselineEnd, line.Baseline.End);
        if (line.Spans.IsRemodelled)
        {
            Flags.Add("REMODELLED");
        }

        if (line.IsFallback)
        {
            Flags.Add("NO_SEASON_MATCH");
        }
    }
}
