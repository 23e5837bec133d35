using System.Numerics;

namespace IndicatorCore.Indicators.Phases;

/// <summary>The strata of one result row on one input kind or cost scope, with what stays outside the index.</summary>
internal sealed class PhaseTally : IPhaseTally
{
    private readonly BigInteger[] _unmatched = new BigInteger[2];
    private readonly HashSet<string> _units = [];
    private readonly Dictionary<StratumKey, Stratum> _strata = [];
    private (string? Line, string? Product, Stratum Stratum)? _last;   // cells of one stratum mostly follow one another

    /// <summary>The strata, in no particular order: all sums over them are exact.</summary>
    public IReadOnlyCollection<Stratum> Strata => _strata.Values;

    /// <inheritdoc/>
    public bool HasCommonUnit => _units.Count <= 1;

    /// <inheritdoc/>
    public bool HasMatched => Strata.Any(static stratum => stratum.IsMatched);

    /// <summary>Adds output and input of a day.</summary>
    public void Add(StratumKey key, DayAmount amount)
    {
        if (_last is not { } last || !ReferenceEquals(last.Line, key.Line) || !ReferenceEquals(last.Product, key.Product))
        {
            if (!_strata.TryGetValue(key, out var stratum))
            {
                _strata.Add(key, stratum = new Stratum());
            }

            _last = last = (key.Line, key.Product, stratum);
        }

        last.Stratum.Add(amount);
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

    /// <inheritdoc/>
    public BigInteger Matched(int phase) => Sum(static (stratum, phase) => stratum.IsMatched ? stratum.Input(phase) : 0, phase);

    /// <inheritdoc/>
    /// <remarks>
    /// A credit balance outside the matched strata counts by its size, so that it cannot hide unmatched cost
    /// (the text leaves the sign open).
    /// </remarks>
    public BigInteger Total(int phase) =>
        Matched(phase) + Sum(static (stratum, phase) => stratum.IsMatched ? 0 : Int128.Abs(stratum.Input(phase)), phase) + _unmatched[phase];

    /// <inheritdoc/>
    public BigInteger PooledOutput(int phase) => Sum(static (stratum, phase) => stratum.Output(phase), phase);

    /// <inheritdoc/>
    public BigInteger PooledInput(int phase) => Sum(static (stratum, phase) => stratum.Input(phase), phase);

    /// <inheritdoc/>
    public IndexSums Sums(IndexForm form) => IndexSums.Of(this, form);

    /// <summary>The matched input of the after phase by line, in ordinal order: what disclosure weighs (10.2).</summary>
    public IReadOnlyList<LineShare> MatchedByLine() =>
        _strata.Count == 0 ? [] : [.. _strata.Where(static pair => pair.Value.IsMatched)
            .OrderBy(static pair => pair.Key, StratumKey.Ordinal)
            .GroupBy(static pair => pair.Key.Line)
            .Select(static line => new LineShare(line.Key, line.Aggregate(BigInteger.Zero, static (sum, pair) => sum + pair.Value.Input(1))))];

    private BigInteger Sum(Func<Stratum, int, Int128> amountOf, int phase)
    {
        var whole = BigInteger.Zero;
        var sum = Int128.Zero;
        foreach (var stratum in _strata.Values)
        {
            var more = amountOf(stratum, phase);
            var next = unchecked(sum + more);
            if (Int128.IsNegative((sum ^ next) & (more ^ next)))
            {
                whole += sum;
                next = more;
            }

            sum = next;
        }

        return whole + sum;
    }
}
