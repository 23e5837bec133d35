using System.Numerics;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Indicators.Phases;

/// <summary>The four sums of an index for every replicate of a bootstrap.</summary>
/// <remarks>Products that fit are formed in 128 bits without allocating; the rare larger ones go through BigInteger.</remarks>
internal sealed class ReplicateTotals
{
    /// <summary>How far <see cref="FisherSquare"/> may be off: four conversions and three operations, each within 2⁻⁵³, with room to spare.</summary>
    public const double SquareError = 1e-14;

    private readonly IndexForm _form;
    private readonly int _maxBits;
    private readonly Int128[] _sums;
    private readonly BigInteger[] _large;

    /// <summary>Totals of zero.</summary>
    /// <param name="replicates">How many replicates.</param>
    /// <param name="strata">How many strata will be added to each at most: they bound the size of a product.</param>
    /// <param name="form">The scale of quotients.</param>
    public ReplicateTotals(int replicates, int strata, IndexForm form)
    {
        _form = form;
        _maxBits = 126 - Bits(strata) - Bits(form.Factor);
        _sums = new Int128[4 * replicates];
        _large = new BigInteger[2 * replicates];
    }

    /// <summary>Adds a stratum to a replicate, unless it is unmatched there.</summary>
    public void Add(int replicate, Int128 outputBase, Int128 inputBase, Int128 outputAfter, Int128 inputAfter)
    {
        if (outputBase <= 0 || inputBase <= 0 || outputAfter <= 0 || inputAfter <= 0)
        {
            return;
        }

        AddQuotient(replicate, 0, outputAfter, inputBase, outputBase);
        AddQuotient(replicate, 1, outputBase, inputAfter, outputAfter);
        _sums[(4 * replicate) + 2] += inputBase;
        _sums[(4 * replicate) + 3] += inputAfter;
    }

    /// <summary>The same where all amounts are short.</summary>
    public void Add(int replicate, long outputBase, long inputBase, long outputAfter, long inputAfter)
    {
        if (outputBase <= 0 || inputBase <= 0 || outputAfter <= 0 || inputAfter <= 0)
        {
            return;
        }

        AddQuotient(replicate, 0, outputAfter, inputBase, outputBase);
        AddQuotient(replicate, 1, outputBase, inputAfter, outputAfter);
        _sums[(4 * replicate) + 2] += inputBase;
        _sums[(4 * replicate) + 3] += inputAfter;
    }

    /// <summary>Whether every sum of a replicate is above zero.</summary>
    public bool IsPositive(int replicate)
    {
        var sums = _sums.AsSpan(4 * replicate, 4);
        return (sums[0] > 0 || _large[2 * replicate].Sign > 0) && (sums[1] > 0 || _large[(2 * replicate) + 1].Sign > 0) && sums[2] > 0 && sums[3] > 0;
    }

    /// <summary>About the index squared of a replicate, within a share of <see cref="SquareError"/>; its sums are above zero.</summary>
    public double FisherSquare(int replicate)
    {
        var sums = _sums.AsSpan(4 * replicate, 4);
        return Sum(sums[0], _large[2 * replicate]) / (double)sums[3] * ((double)sums[2] / Sum(sums[1], _large[(2 * replicate) + 1]));

        static double Sum(Int128 sum, BigInteger large) => large.IsZero ? (double)sum : ExactRatio.ToDouble(sum + large, BigInteger.One);
    }

    /// <summary>The sums of a replicate.</summary>
    public IndexSums Sums(int replicate) => new(
        _large[2 * replicate] + _sums[4 * replicate],
        _large[(2 * replicate) + 1] + _sums[(4 * replicate) + 1],
        _sums[(4 * replicate) + 2],
        _sums[(4 * replicate) + 3]);

    private void AddQuotient(int replicate, int which, long output, long input, long reference)
    {
        if (128 - BitOperations.LeadingZeroCount((ulong)output) - BitOperations.LeadingZeroCount((ulong)input) <= _maxBits)
        {
            var high = Math.BigMul((ulong)output, (ulong)input, out var low);
            var dividend = new UInt128(high, low) * (uint)_form.Factor;
            var divisor = Math.BigMul((ulong)reference, (ulong)_form.Divisor, out var shortDivisor);
            var quotient = divisor == 0 ? HalfEven.Divide(dividend, shortDivisor) : HalfEven.Divide(dividend, new UInt128(divisor, shortDivisor));
            _sums[(4 * replicate) + which] += (Int128)quotient;
        }
        else
        {
            _large[(2 * replicate) + which] += _form.Quotient(output, input, reference);
        }
    }

    private void AddQuotient(int replicate, int which, Int128 output, Int128 input, Int128 reference)
    {
        if (Bits(output) + Bits(input) <= _maxBits && Bits(reference) <= 120)
        {
            var quotient = HalfEven.Divide((UInt128)(output * input * _form.Factor), (UInt128)(reference * _form.Divisor));
            _sums[(4 * replicate) + which] += (Int128)quotient;
        }
        else
        {
            _large[(2 * replicate) + which] += _form.Quotient(output, input, reference);
        }
    }

    private static int Bits(Int128 value) => 128 - (int)Int128.LeadingZeroCount(value);
}
