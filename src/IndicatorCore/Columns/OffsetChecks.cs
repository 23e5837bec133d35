using System.Buffers.Binary;
using System.Numerics;

namespace IndicatorCore.Columns;

/// <summary>Checks of offset buffers, a vector at a time.</summary>
internal static class OffsetChecks
{
    /// <summary>The first row whose offset is negative or above the next one, or -1.</summary>
    public static int FirstDecrease<T>(ReadOnlySpan<T> offsets)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (offsets.IsEmpty)
        {
            return -1;
        }

        if (T.IsNegative(offsets[0]))
        {
            return 0;
        }

        var row = 0;
        for (; row < offsets.Length - Vector<T>.Count; row += Vector<T>.Count)
        {
            if (Vector.GreaterThanAny(new Vector<T>(offsets[row..]), new Vector<T>(offsets[(row + 1)..])))
            {
                break;
            }
        }

        for (; row < offsets.Length - 1; row++)
        {
            if (offsets[row] > offsets[row + 1])
            {
                return row;
            }
        }

        return -1;
    }

    public static long Last(ReadOnlySpan<byte> offsets, int width) => width == sizeof(int)
        ? BinaryPrimitives.ReadInt32LittleEndian(offsets[^sizeof(int)..])
        : BinaryPrimitives.ReadInt64LittleEndian(offsets[^sizeof(long)..]);
}
