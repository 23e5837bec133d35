using System.Numerics;
using System.Runtime.InteropServices;
using IndicatorCore.Kernels;

namespace IndicatorCore.Aggregation.Fold;

/// <summary>
/// A lane whose values still lie in the column: what only compares or adds them up need not convert them. Valid as long as the batch.
/// </summary>
internal sealed class DeferredLane
{
    /// <summary>The most runs whose extremes are asked for at once.</summary>
    public const int MostRuns = 64;

    /// <summary>The rows' bytes in the column.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>What they are.</summary>
    public DeferredKind Kind { get; private set; }

    /// <summary>Fixed-point units a unit of the values, an integer.</summary>
    public double Factor { get; private set; }

    /// <summary>The values, of <see cref="DeferredKind.Double"/>.</summary>
    public ReadOnlySpan<double> Doubles => MemoryMarshal.Cast<byte, double>(Bytes.Span);

    /// <summary>The values, of <see cref="DeferredKind.Single"/>.</summary>
    public ReadOnlySpan<float> Singles => MemoryMarshal.Cast<byte, float>(Bytes.Span);

    /// <summary>The values, of <see cref="DeferredKind.Int32"/>.</summary>
    public ReadOnlySpan<int> Integers => MemoryMarshal.Cast<byte, int>(Bytes.Span);

    /// <summary>The values, of <see cref="DeferredKind.Bits"/>.</summary>
    public ulong[] Bits { get; } = RowMask.New();

    /// <summary>Says that the values are flags.</summary>
    public void Set(ReadOnlySpan<ulong> bits)
    {
        bits.CopyTo(Bits);
        (Bytes, Kind, Factor) = (default, DeferredKind.Bits, 1);
    }

    /// <summary>Says what the values are.</summary>
    public void Set(ReadOnlyMemory<byte> bytes, DeferredKind kind, double factor) => (Bytes, Kind, Factor) = (bytes, kind, factor);

    /// <summary>The smallest and the greatest value of runs, converted; false where that is not worth it or the kind has none.</summary>
    /// <param name="from">The first row of the first run.</param>
    /// <param name="ends">The row behind the last of each run: at most <see cref="MostRuns"/> runs, none of them empty.</param>
    /// <param name="least">A number a run.</param>
    /// <param name="greatest">A number a run.</param>
    public bool Extremes(int from, ReadOnlySpan<int> ends, Span<long> least, Span<long> greatest) => Kind switch
    {
        DeferredKind.Double => Extremes(Doubles, from, ends, least, greatest),
        DeferredKind.Single => Extremes(Singles, from, ends, least, greatest),
        DeferredKind.Int32 => Extremes(Integers, from, ends, least, greatest),
        _ => false,
    };

    /// <summary>Converts the values.</summary>
    public void Convert(Span<long> values, Span<ulong> outside)
    {
        switch (Kind)
        {
            case DeferredKind.Double:
                FixedPointKernel.Convert(Doubles, Factor, values, outside);
                break;
            case DeferredKind.Single:
                FixedPointKernel.Convert(Singles, Factor, values, outside);
                break;
            case DeferredKind.Int32:
                FixedPointKernel.Convert(Integers, Factor, values, outside);
                break;
            default:
                BitmapKernel.Spread(Bits, default, values.Length, values);
                break;
        }
    }

    // rounding keeps the order: the extremes of the values are those of the converted ones
    private bool Extremes<T>(ReadOnlySpan<T> values, int from, ReadOnlySpan<int> ends, Span<long> least, Span<long> greatest)
        where T : unmanaged, INumber<T>
    {
        var low = (stackalloc T[MostRuns])[..ends.Length];
        var high = (stackalloc T[MostRuns])[..ends.Length];
        Span<ulong> outside = stackalloc ulong[1];
        ExtremeKernel.Runs(values, from, ends, low, high);
        if (typeof(T) == typeof(double))
        {
            FixedPointKernel.Convert(MemoryMarshal.Cast<T, double>(low), Factor, least, outside);
            FixedPointKernel.Convert(MemoryMarshal.Cast<T, double>(high), Factor, greatest, outside);
        }
        else if (typeof(T) == typeof(float))
        {
            FixedPointKernel.Convert(MemoryMarshal.Cast<T, float>(low), Factor, least, outside);
            FixedPointKernel.Convert(MemoryMarshal.Cast<T, float>(high), Factor, greatest, outside);
        }
        else
        {
            FixedPointKernel.Convert(MemoryMarshal.Cast<T, int>(low), Factor, least, outside);
            FixedPointKernel.Convert(MemoryMarshal.Cast<T, int>(high), Factor, greatest, outside);
        }

        return true;
    }
}
