using System.Numerics;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Indicators.Phases;

/// <summary>The four sums of an index for every replicate of a bootstrap.</summary>
/// <remarks>Products that fit are formed in 128 bits without allocating; the rare larger ones go through BigInteger.</remarks>
internal sealed class ReplicateTotals
{
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

    /// <summary>The sums of a replicate.</summary>
    public IndexSums Sums(int replicate) => new(
        _large[2 * replicate] + _sums[4 * replicate],
        _large[(2 * replicate) + 1] + _sums[(4 * replicate) + 1],
        _sums[(4 * replicate) + 2],
        _sums[(4 * replicate) + 3]);

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
