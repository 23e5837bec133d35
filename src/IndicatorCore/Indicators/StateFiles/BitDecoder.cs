namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Reads what <see cref="BitEncoder"/> wrote; whatever the bytes, it never reads beyond them.</summary>
internal ref struct BitDecoder
{
    private const int Ahead = 3;   // bytes that are looked at before they decide anything

    private readonly ReadOnlySpan<byte> _bytes;
    private uint _low;
    private uint _high;
    private uint _code;
    private int _position;

    public BitDecoder(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _high = uint.MaxValue;
        for (var i = 0; i <= Ahead; i++)
        {
            Take();
        }
    }

    /// <summary>Whether all bytes were needed, and no more.</summary>
    public readonly bool IsAtEnd => _position == _bytes.Length + Ahead;

    /// <summary>Reads a bit and learns it.</summary>
    public int Read(ref AdaptiveBit model)
    {
        var bit = Narrow(model.Likelihood);
        model.Learn(bit);
        return bit;
    }

    /// <summary>Reads a number whose bits are all as likely as not.</summary>
    public ulong ReadEvenly(int bits)
    {
        ulong number = 0;
        for (; bits > 0; bits--)
        {
            number = (number << 1) | (uint)Narrow(1u << (AdaptiveBit.ScaleBits - 1));
        }

        return number;
    }

    private int Narrow(uint likelihood)
    {
        var middle = _low + (uint)(((ulong)(_high - _low) * likelihood) >> AdaptiveBit.ScaleBits);
        var bit = _code <= middle ? 1 : 0;
        (_low, _high) = bit != 0 ? (_low, middle) : (middle + 1, _high);
        while (((_low ^ _high) & 0xFF00_0000) == 0)
        {
            _low <<= 8;
            _high = (_high << 8) | 0xFF;
            Take();
        }

        return bit;
    }

    private void Take()
    {
        _code = (_code << 8) | (_position < _bytes.Length ? _bytes[_position] : 0u);
        _position++;
    }
}
