using System.Numerics;
using System.Runtime.InteropServices;

namespace IndicatorCore.Bench.Questions;

/// <summary>Reads every byte of a buffer once, in order, and adds it up in vectors.</summary>
internal sealed class BandwidthReader : IBufferWork
{
    private Vector<long> _sum;

    /// <inheritdoc/>
    public long Take(ReadOnlySpan<byte> stored)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<long>>(stored);
        var (first, second, third, fourth) = (_sum, Vector<long>.Zero, Vector<long>.Zero, Vector<long>.Zero);
        var i = 0;
        for (; i <= vectors.Length - 4; i += 4)
        {
            first += vectors[i];
            second += vectors[i + 1];
            third += vectors[i + 2];
            fourth += vectors[i + 3];
        }

        for (; i < vectors.Length; i++)
        {
            first += vectors[i];
        }

        // kept, so that nothing of it can be left out
        _sum = first + second + third + fourth;
        return stored.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
