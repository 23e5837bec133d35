using System.Numerics;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>
/// How whole numbers from 0 are coded in bits: small ones as that many 1s and a 0, larger ones as how many bits they have and these bits. All but the
/// low bits are learnt, so that it fits whatever numbers come.
/// </summary>
/// <param name="contexts">Circumstances in which numbers are learnt apart.</param>
/// <param name="small">Numbers below are small.</param>
internal sealed class NumberModel(int contexts, int small)
{
    private const int MostBits = 62;

    private readonly AdaptiveBit[] _steps = new AdaptiveBit[contexts * small];
    private readonly AdaptiveBit[] _lengths = new AdaptiveBit[MostBits];
    private readonly AdaptiveBit[] _tops = new AdaptiveBit[MostBits];

    /// <summary>Forgets what was learnt.</summary>
    public void Clear()
    {
        _steps.AsSpan().Clear();
        _lengths.AsSpan().Clear();
        _tops.AsSpan().Clear();
    }

    /// <summary>Codes a number below 2^62 less <c>small</c>.</summary>
    public void Write(ref BitEncoder output, int context, ulong number)
    {
        for (var step = 0; step < small; step++)
        {
            var isMore = number > (ulong)step ? 1 : 0;
            output.Code(ref _steps[(context * small) + step], isMore);
            if (isMore == 0)
            {
                return;
            }
        }

        var rest = number - (ulong)small;   // from 0: 1 is added, and the leading 1 is not written
        var bits = BitOperations.Log2(rest + 1);
        for (var bit = 0; bit < bits; bit++)
        {
            output.Code(ref _lengths[bit], 1);
        }

        output.Code(ref _lengths[bits], 0);
        if (bits > 0)
        {
            output.Code(ref _tops[bits], (int)((rest + 1) >> (bits - 1)) & 1);
            output.CodeEvenly(rest + 1, bits - 1);
        }
    }

    /// <summary>Reads a number; false where the bits are none.</summary>
    public bool TryRead(ref BitDecoder input, int context, out ulong number)
    {
        number = 0;
        while (number < (ulong)small)
        {
            if (input.Read(ref _steps[(context * small) + (int)number]) == 0)
            {
                return true;
            }

            number++;
        }

        var bits = 0;
        while (input.Read(ref _lengths[bits]) != 0)
        {
            if (++bits == MostBits)
            {
                return false;
            }
        }

        var rest = 1UL;
        if (bits > 0)
        {
            rest = (rest << 1) | (uint)input.Read(ref _tops[bits]);
            rest = (rest << (bits - 1)) | input.ReadEvenly(bits - 1);
        }

        number += rest - 1;
        return true;
    }
}
