using System.Runtime.InteropServices;

namespace IndicatorCore.Aggregation;

/// <summary>
/// An exact sum in twelve bytes, packed to four. A slot holds fewer than 2^32 rows (<see cref="RowEvidence.MaxRows"/>), each below
/// 2^63, so that 96 bits cannot overflow.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
internal struct Sum96
{
    private ulong _low;
    private int _high;

    /// <summary>The sum.</summary>
    public static implicit operator Int128(Sum96 sum) => new((ulong)(long)sum._high, sum._low);

    /// <summary>The sum that a state file holds, or null when it is none: wider than 96 bits.</summary>
    public static Sum96? Of(Int128 value)
    {
        var high = (long)(value >> 64);
        return high is >= int.MinValue and <= int.MaxValue ? new Sum96 { _low = (ulong)value, _high = (int)high } : null;
    }

    /// <summary>Adds a value.</summary>
    public void Add(long value) => Add((ulong)value, value < 0 ? -1 : 0);

    /// <summary>Adds a sum.</summary>
    public void Add(Sum96 other) => Add(other._low, other._high);

    private void Add(ulong low, int high)
    {
        var sum = _low + low;
        _high = unchecked(_high + high + (sum < low ? 1 : 0));
        _low = sum;
    }
}
