using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IndicatorCore.Kernels;

/// <summary>Four lanes of 64 bits in one vector of 256.</summary>
/// <param name="value">The lanes.</param>
internal readonly struct Lanes256(Vector256<long> value) : ILanes<Lanes256>
{
    /// <summary>The lanes.</summary>
    public readonly Vector256<long> Value = value;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    public static Lanes256 Powers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256.Create(1L, 2, 4, 8));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Create(long value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref readonly long source) => new(Vector256.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref readonly double source) => new(Vector256.LoadUnsafe(in source).AsInt64());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LoadDoubles(ref readonly float source) =>
        Avx.IsSupported
        ? new(Avx.ConvertToVector256Double(Vector128.LoadUnsafe(in source)).AsInt64())
        : new(Vector256.Create(Lanes128.LoadDoubles(in source).Value, Lanes128.LoadDoubles(in Unsafe.Add(ref Unsafe.AsRef(in source), 2)).Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LoadDoubles(ref readonly int source) =>
        Avx.IsSupported
        ? new(Avx.ConvertToVector256Double(Vector128.LoadUnsafe(in source)).AsInt64())
        : new(Vector256.Create(Lanes128.LoadDoubles(in source).Value, Lanes128.LoadDoubles(in Unsafe.Add(ref Unsafe.AsRef(in source), 2)).Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, ref long target) => value.Value.StoreUnsafe(ref target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLow(Lanes256 value, ref int target)
    {
        Vector256.Narrow(value.Value, value.Value).GetLower().StoreUnsafe(ref target);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Add(Lanes256 left, Lanes256 right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Subtract(Lanes256 left, Lanes256 right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Multiply(Lanes256 left, Lanes256 right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 left, Lanes256 right) => new(Vector256.Max(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Min(Lanes256 left, Lanes256 right) => new(Vector256.Min(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 And(Lanes256 left, Lanes256 right) => new(left.Value & right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Or(Lanes256 left, Lanes256 right) => new(left.Value | right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Xor(Lanes256 left, Lanes256 right) => new(left.Value ^ right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ShiftLeft(Lanes256 value, int count) => new(value.Value << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Signs(Lanes256 value) => new(value.Value >> 63);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Test(Lanes256 left, Lanes256 right) =>
        new(~Vector256.Equals(left.Value & right.Value, Vector256<long>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Greater(Lanes256 left, Lanes256 right) => new(Vector256.GreaterThan(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Select(Lanes256 mask, Lanes256 yes, Lanes256 no) =>
        new(Vector256.ConditionalSelect(mask.Value, yes.Value, no.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Lanes256 mask) => Vector256.ExtractMostSignificantBits(mask.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ToDoubles(Lanes256 integers) => new(Vector256.ConvertToDouble(integers.Value).AsInt64());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 UnsignedToDoubles(Lanes256 integers) =>
        new(Vector256.ConvertToDouble(integers.Value.AsUInt64()).AsInt64());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyDoubles(Lanes256 left, Lanes256 right) =>
        new((left.Value.AsDouble() * right.Value.AsDouble()).AsInt64());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 FusedMultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(Vector256.FusedMultiplyAdd(left.Value.AsDouble(), right.Value.AsDouble(), addend.Value.AsDouble()).AsInt64());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 IsMagnitudeBelow(Lanes256 doubles, Lanes256 limit) =>
        new(Vector256.LessThan(Vector256.Abs(doubles.Value.AsDouble()), limit.Value.AsDouble()).AsInt64());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Sum(Lanes256 value) => Vector256.Sum(value.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Largest(Lanes256 value) =>
        Lanes128.Largest(new(Vector128.Max(value.Value.GetLower(), value.Value.GetUpper())));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Any(Lanes256 value) => Lanes128.Any(new(value.Value.GetLower() | value.Value.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref readonly long source, nint pitch, ref long target)
    {
        if (!Avx2.IsSupported)
        {
            TransposePlain(in source, pitch, ref target);
            return;
        }

        ref var from = ref Unsafe.AsRef(in source);
        var r0 = Vector256.LoadUnsafe(ref from);
        var r1 = Vector256.LoadUnsafe(ref Unsafe.Add(ref from, pitch));
        var r2 = Vector256.LoadUnsafe(ref Unsafe.Add(ref from, 2 * pitch));
        var r3 = Vector256.LoadUnsafe(ref Unsafe.Add(ref from, 3 * pitch));
        var (e0, o0) = (Avx2.UnpackLow(r0, r1), Avx2.UnpackHigh(r0, r1));
        var (e1, o1) = (Avx2.UnpackLow(r2, r3), Avx2.UnpackHigh(r2, r3));
        Avx2.Permute2x128(e0, e1, 0x20).StoreUnsafe(ref target);
        Avx2.Permute2x128(o0, o1, 0x20).StoreUnsafe(ref Unsafe.Add(ref target, 4));
        Avx2.Permute2x128(e0, e1, 0x31).StoreUnsafe(ref Unsafe.Add(ref target, 8));
        Avx2.Permute2x128(o0, o1, 0x31).StoreUnsafe(ref Unsafe.Add(ref target, 12));
    }

    private static void TransposePlain(ref readonly long source, nint pitch, ref long target)
    {
        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < 4; column++)
            {
                Unsafe.Add(ref target, (column * 4) + row) = Unsafe.Add(ref Unsafe.AsRef(in source), (row * pitch) + column);
            }
        }
    }
}
