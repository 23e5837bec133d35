using System.Numerics;
using System.Runtime.InteropServices;

namespace IndicatorCore.Kernels;

/// <summary>Hashes of tuples of numbers, a lane at a time. Where they lie decides nothing that reaches a result.</summary>
internal static class HashKernel
{
    private const uint Multiplier = 0x9E3779B1;   // 2^32 / golden ratio, odd

    /// <summary>Adds a number to a hash; the high bits are the good ones.</summary>
    public static uint Mix(uint hash, int number) => (hash + (uint)number) * Multiplier;

    /// <summary>Adds a lane to the hashes of its rows.</summary>
    public static void Mix(Span<uint> hashes, ReadOnlySpan<int> lane)
    {
        var multiplier = new Vector<uint>(Multiplier);
        var blocks = MemoryMarshal.Cast<uint, Vector<uint>>(hashes);
        var numbers = MemoryMarshal.Cast<int, Vector<uint>>(lane);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = (blocks[i] + numbers[i]) * multiplier;
        }

        for (var i = blocks.Length * Vector<uint>.Count; i < hashes.Length; i++)
        {
            hashes[i] = Mix(hashes[i], lane[i]);
        }
    }
}
