namespace IndicatorCore.Indicators.StateFiles;

/// <summary>
/// Values at 10⁻⁶ of their unit as multiples of a power of ten: sources write few decimals. Many write them as 32-bit floats, whose value is a
/// little off the decimal one; then a multiple stands for the float nearest to it.
/// </summary>
internal readonly record struct ValueScale
{
    private const int MostDigits = 9;
    private const long MostValue = 1L << 50;   // exact as a double, before and after
    private const double UnitParts = 1e6;
    private const byte SingleBit = 0x80;

    private readonly long _step;

    private ValueScale(int digits, bool isSingle)
    {
        (Digits, IsSingle, _step) = (digits, isSingle, 1);
        for (var digit = 0; digit < digits; digit++)
        {
            _step *= 10;
        }
    }

    /// <summary>The power of ten.</summary>
    public int Digits { get; }

    /// <summary>Whether values are those of 32-bit floats.</summary>
    public bool IsSingle { get; }

    /// <summary>As a byte.</summary>
    public byte Code => (byte)(Digits | (IsSingle ? SingleBit : 0));

    /// <summary>The coarsest scale of values, or null where one is too large.</summary>
    /// <param name="values">The values, ascending.</param>
    public static ValueScale? Of(ReadOnlySpan<long> values)
    {
        if (values[0] <= -MostValue || values[^1] >= MostValue)
        {
            return null;
        }

        for (var digits = MostDigits; digits > 0; digits--)
        {
            foreach (var isSingle in (ReadOnlySpan<bool>)[false, true])
            {
                var scale = new ValueScale(digits, isSingle);
                if (scale.Holds(values))
                {
                    return scale;
                }
            }
        }

        return new ValueScale(0, isSingle: false);
    }

    /// <summary>The scale of a byte, or null.</summary>
    public static ValueScale? Of(byte code) =>
        (code & ~SingleBit) <= MostDigits ? new ValueScale(code & ~SingleBit, (code & SingleBit) != 0) : null;

    /// <summary>The multiple that a value is nearest to.</summary>
    public long MultipleOf(long value) => (value + (value < 0 ? -_step / 2 : _step / 2)) / _step;

    /// <summary>The value of a multiple, or null where it is too large.</summary>
    public long? ValueOf(long multiple)
    {
        if (Int128.Abs((Int128)multiple * _step) > MostValue)
        {
            return null;
        }

        var value = multiple * _step;
        return IsSingle ? (long)Math.Round((float)(value / UnitParts) * UnitParts, MidpointRounding.ToEven) : value;
    }

    private bool Holds(ReadOnlySpan<long> values)
    {
        foreach (var value in values)
        {
            if (ValueOf(MultipleOf(value)) != value)
            {
                return false;
            }
        }

        return true;
    }
}
