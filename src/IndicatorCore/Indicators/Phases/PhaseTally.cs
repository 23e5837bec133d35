using System.Numerics;

namespace IndicatorCore.Indicators.Phases;

/// <summary>The strata of one result row on one input kind or cost scope, with what stays outside the index.</summary>
internal sealed class PhaseTally
{
    private readonly BigInteger[] _unmatched = new BigInteger[2];
    private readonly SortedSet<string> _units = new(StringComparer.Ordinal);

    /// <summary>The strata in ordinal order of (line, product).</summary>
    public SortedDictionary<StratumKey, Stratum> Strata { get; } = new(StratumKey.Ordinal);

    /// <summary>Whether the units of all output agree; rows without a unit agree with any (section 4, Details).</summary>
    public bool HasCommonUnit => _units.Count <= 1;

    /// <summary>Whether any stratum is matched.</summary>
    public bool HasMatched => Strata.Values.Any(static stratum => stratum.IsMatched);

    /// <summary>Adds output and input of a day.</summary>
    public void Add(StratumKey key, DayAmount amount)
    {
        if (!Strata.TryGetValue(key, out var stratum))
        {
            Strata.Add(key, stratum = new Stratum());
        }

        stratum.Add(amount);
    }

    /// <summary>Notes the unit of counted output.</summary>
    public void AddUnit(string? unit)
    {
        if (unit is not null)
        {
            _units.Add(unit);
        }
    }

    /// <summary>Adds input that is present but cannot enter the index.</summary>
    public void AddUnmatched(int phase, Int128 input) => _unmatched[phase] += input;

    /// <summary>The input of matched strata.</summary>
    public BigInteger Matched(int phase) => Sum(static stratum => stratum.IsMatched, stratum => stratum.Input(phase));

    /// <summary>
    /// All input. A credit balance outside the matched strata counts by its size, so that it cannot hide unmatched cost
    /// (the text leaves the sign open).
    /// </summary>
    public BigInteger Total(int phase) =>
        Matched(phase) + Sum(static stratum => !stratum.IsMatched, stratum => Int128.Abs(stratum.Input(phase))) + _unmatched[phase];

    /// <summary>Q0, Q1 of the pooled figure: all strata, matched or not.</summary>
    public BigInteger PooledOutput(int phase) => Sum(static _ => true, stratum => stratum.Output(phase));

    /// <summary>L0, L1 of the pooled figure: all strata, matched or not.</summary>
    public BigInteger PooledInput(int phase) => Sum(static _ => true, stratum => stratum.Input(phase));

    /// <summary>The matched input of the after phase by line, in ordinal order: what disclosure weighs (10.2).</summary>
    public IReadOnlyList<LineShare> MatchedByLine() =>
        [.. Strata.Where(static pair => pair.Value.IsMatched)
            .GroupBy(static pair => pair.Key.Line)
            .Select(static line => new LineShare(line.Key, line.Aggregate(Int128.Zero, static (sum, pair) => sum + pair.Value.Input(1))))];

    private BigInteger Sum(Func<Stratum, bool> counts, Func<Stratum, Int128> amount)
    {
        var sum = BigInteger.Zero;
        foreach (var stratum in Strata.Values)
        {
            if (counts(stratum))
            {
                sum += amount(stratum);
            }
        }

        return sum;
    }
}
