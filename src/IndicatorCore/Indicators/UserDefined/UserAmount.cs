using System.Numerics;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>What adds up over places, in a plan's records: a count, a sum, or a sum of products.</summary>
/// <param name="At">Where a record has it.</param>
/// <param name="Sums">How many sums it takes: 0 = it is a count, 1 = a sum, more = the parts of products.</param>
/// <param name="Places">Its decimal places.</param>
internal readonly record struct UserAmount(int At, int Sums, int Places)
{
    /// <summary>The amount of a record, at <see cref="Places"/>.</summary>
    public BigInteger Of(ReadOnlySpan<long> record) => Sums switch
    {
        0 => record[At],
        1 => UserRecord.Sum(record[At..]),
        _ => ProductLimbs.Combine(UserRecord.Sum(record[At..]), UserRecord.Sum(record[(At + 2)..]), UserRecord.Sum(record[(At + 4)..])),
    };

    /// <summary>The amount where it is short, which nearly all are.</summary>
    public bool TryShort(ReadOnlySpan<long> record, out long amount)
    {
        amount = record[At];
        return Sums switch
        {
            0 => true,
            1 => record[At + 1] == amount >> 63,
            _ => record[At + 1] == amount >> 63 && (record[At + 2] | record[At + 3] | record[At + 4] | record[At + 5]) == 0,
        };
    }
}
