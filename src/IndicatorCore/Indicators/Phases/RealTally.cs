using System.Numerics;

namespace IndicatorCore.Indicators.Phases;

/// <summary>The strata of one result row at the prices of the index's base period: every amount divided by the index of its element and month.</summary>
/// <remarks>
/// Sums are exact: amounts are added by index first, then brought to the least common multiple of the indices that occur, of which all inputs
/// are told. "Share measured on cost" (section 5) is of cost as it is booked, for cost without an index has no other.
/// </remarks>
internal sealed class RealTally(PriceTable prices) : IPhaseTally
{
    private readonly Dictionary<StratumKey, RealStratum> _strata = [];
    private readonly BigInteger[] _unmatched = new BigInteger[2];
    private readonly HashSet<string> _units = [];
    private BigInteger? _multiple;

    /// <inheritdoc/>
    public bool HasCommonUnit => _units.Count <= 1;

    /// <inheritdoc/>
    public bool HasMatched => _strata.Values.Any(IsMatched);

    /// <summary>Whether an amount can be told at base prices: nothing can always.</summary>
    public bool CanDeflate(CostCell cell) => cell.Amount == 0 || prices.Find(cell.Element, cell.StartDay) is not null;

    /// <summary>Adds an amount of a phase, which <see cref="CanDeflate"/>.</summary>
    public void Add(StratumKey key, int phase, CostCell cell)
    {
        var stratum = StratumOf(key);
        stratum.Booked[phase] += cell.Amount;
        if (cell.Amount != 0 && prices.Find(cell.Element, cell.StartDay) is { } price)
        {
            stratum.ByPrice[phase][price] = stratum.ByPrice[phase].GetValueOrDefault(price) + cell.Amount;
            _multiple = null;
        }
    }

    /// <summary>Adds output of a phase.</summary>
    public void AddOutput(StratumKey key, int phase, Int128 output) => StratumOf(key).Output[phase] += output;

    /// <summary>Notes the unit of counted output.</summary>
    public void AddUnit(string? unit)
    {
        if (unit is not null)
        {
            _units.Add(unit);
        }
    }

    /// <summary>Adds cost that is booked but cannot enter the index.</summary>
    public void AddUnmatched(int phase, Int128 amount) => _unmatched[phase] += amount;

    /// <inheritdoc/>
    public BigInteger Matched(int phase) => Sum(_strata.Values.Where(IsMatched), stratum => stratum.Booked[phase]);

    /// <inheritdoc/>
    public BigInteger Total(int phase) =>
        Matched(phase) + Sum(_strata.Values.Where(stratum => !IsMatched(stratum)), stratum => BigInteger.Abs(stratum.Booked[phase])) + _unmatched[phase];

    /// <inheritdoc/>
    public BigInteger PooledOutput(int phase) => Sum(_strata.Values, stratum => stratum.Output[phase]);

    /// <inheritdoc/>
    public BigInteger PooledInput(int phase) => Sum(_strata.Values, stratum => Real(stratum, phase));

    /// <inheritdoc/>
    public IndexSums Sums(IndexForm form)
    {
        BigInteger projectedAfter = 0, projectedBase = 0, inputBase = 0, inputAfter = 0;
        var multiple = Multiple;
        foreach (var stratum in _strata.Values.Where(IsMatched))
        {
            var (before, after) = (Real(stratum, 0), Real(stratum, 1));
            projectedAfter += form.Quotient(stratum.Output[1], before, stratum.Output[0] * multiple);
            projectedBase += form.Quotient(stratum.Output[0], after, stratum.Output[1] * multiple);
            inputBase += before;
            inputAfter += after;
        }

        return new IndexSums(projectedAfter * multiple, projectedBase * multiple, inputBase, inputAfter);
    }

    // the least common multiple of the indices that occur
    private BigInteger Multiple => _multiple ??= _strata.Values.SelectMany(static stratum => stratum.ByPrice.SelectMany(static phase => phase.Keys)).Distinct()
        .Aggregate(BigInteger.One, static (multiple, price) => multiple / BigInteger.GreatestCommonDivisor(multiple, price) * price);

    private static BigInteger Sum(IEnumerable<RealStratum> strata, Func<RealStratum, BigInteger> of) =>
        strata.Aggregate(BigInteger.Zero, (sum, stratum) => sum + of(stratum));

    // at base prices, times the multiple
    private BigInteger Real(RealStratum stratum, int phase) =>
        stratum.ByPrice[phase].Aggregate(BigInteger.Zero, (sum, amount) => sum + (amount.Value * prices.One * (Multiple / amount.Key)));

    // section 5: a stratum with q <= 0 or C <= 0 in a phase is unmatched, as booked and at base prices
    private bool IsMatched(RealStratum stratum) => stratum.Output[0].Sign > 0 && stratum.Output[1].Sign > 0
        && stratum.Booked[0].Sign > 0 && stratum.Booked[1].Sign > 0
        && Real(stratum, 0).Sign > 0 && Real(stratum, 1).Sign > 0;

    private RealStratum StratumOf(StratumKey key)
    {
        if (!_strata.TryGetValue(key, out var stratum))
        {
            _strata.Add(key, stratum = new RealStratum());
        }

        return stratum;
    }
}
