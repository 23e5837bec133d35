using System.Buffers;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>A binary arithmetic coder: a bit takes about as much room as it was unlikely.</summary>
/// <param name="output">Takes the bytes.</param>
internal ref struct BitEncoder(IBufferWriter<byte> output)
{
    private uint _low;
    private uint _high = uint.MaxValue;

    /// <summary>Codes a bit and learns it.</summary>
    public void Code(ref AdaptiveBit model, int bit)
    {
        Narrow(model.Likelihood, bit);
        model.Learn(bit);
    }

    /// <summary>Codes the low bits of a number, all as likely as not.</summary>
    public void CodeEvenly(ulong number, int bits)
    {
        for (var bit = bits - 1; bit >= 0; bit--)
        {
            Narrow(1u << (AdaptiveBit.ScaleBits - 1), (int)(number >> bit) & 1);
        }
    }

    /// <summary>Writes what is left: one byte, behind which zeros are read.</summary>
    public readonly void End() => output.Write([(byte)((_low >> 24) + 1)]);

    private void Narrow(uint likelihood, int bit)
    {
        var middle = _low + (uint)(((ulong)(_high - _low) * likelihood) >> AdaptiveBit.ScaleBits);
        (_low, _high) = bit != 0 ? (_low, middle) : (middle + 1, _high);
        while (((_low ^ _high) & 0xFF00_0000) == 0)
        {
            output.Write([(byte)(_high >> 24)]);
            _low <<= 8;
            _high = (_high << 8) | 0xFF;
        }
    }
}
