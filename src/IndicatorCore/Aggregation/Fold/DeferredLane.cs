using System.Runtime.InteropServices;
using IndicatorCore.Kernels;

namespace IndicatorCore.Aggregation.Fold;

/// <summary>
/// A lane whose values still lie in the column: what only compares or adds them up need not convert them. Valid as long as the batch.
/// </summary>
internal sealed class DeferredLane
{
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
}
