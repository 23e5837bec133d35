using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IndicatorCore.Kernels;

/// <summary>Masks of rows by their key numbers.</summary>
internal static class KeyKernel
{
    /// <summary>Sets the bit of every row whose key is <paramref name="key"/>.</summary>
    /// <param name="keys">A key a row.</param>
    /// <param name="key">The key.</param>
    /// <param name="bits">64 rows a word; the first (rows + 63) / 64 words are overwritten.</param>
    public static void Equal(ReadOnlySpan<int> keys, int key, Span<ulong> bits)
    {
        bits = bits[..((keys.Length + 63) >> 6)];
        bits.Clear();
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var wanted = Vector256.Create(key);
            var blocks = MemoryMarshal.Cast<int, Vector256<int>>(keys);
            for (; done < blocks.Length; done++)
            {
                bits[done >> 3] |= (ulong)Vector256.Equals(blocks[done], wanted).ExtractMostSignificantBits() << (8 * (done & 7));
            }

            done *= Vector256<int>.Count;
        }

        for (; done < keys.Length; done++)
        {
            bits[done >> 6] |= keys[done] == key ? 1UL << (done & 63) : 0;
        }
    }
}
