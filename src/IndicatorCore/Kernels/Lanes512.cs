using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IndicatorCore.Kernels;

/// <summary>Eight lanes of 64 bits in one vector of 512.</summary>
/// <param name="value">The lanes.</param>
internal readonly struct Lanes512(Vector512<long> value) : ILanes<Lanes512>
{
    /// <summary>The lanes.</summary>
    public readonly Vector512<long> Value = value;

    /// <inheritdoc/>
    public static int Count => 8;

    /// <inheritdoc/>
    public static Lanes512 Powers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Create(long value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref readonly long source) => new(Vector512.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref readonly double source) => new(Vector512.LoadUnsafe(in source).AsInt64());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LoadDoubles(ref readonly float source) =>
        Avx512F.IsSupported
        ? new(Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(in source)).AsInt64())
        : new(Vector512.Create(Lanes256.LoadDoubles(in source).Value, Lanes256.LoadDoubles(in Unsafe.Add(ref Unsafe.AsRef(in source), 4)).Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LoadDoubles(ref readonly int source) =>
        Avx512F.IsSupported
        ? new(Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(in source)).AsInt64())
        : new(Vector512.Create(Lanes256.LoadDoubles(in source).Value, Lanes256.LoadDoubles(in Unsafe.Add(ref Unsafe.AsRef(in source), 4)).Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 value, ref long target) => value.Value.StoreUnsafe(ref target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLow(Lanes512 value, ref int target)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.ConvertToVector256Int32(value.Value).StoreUnsafe(ref target);
            return;
        }

        Vector512.Narrow(value.Value, value.Value).GetLower().StoreUnsafe(ref target);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Add(Lanes512 left, Lanes512 right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Subtract(Lanes512 left, Lanes512 right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Multiply(Lanes512 left, Lanes512 right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 left, Lanes512 right) => new(Vector512.Max(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Min(Lanes512 left, Lanes512 right) => new(Vector512.Min(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 And(Lanes512 left, Lanes512 right) => new(left.Value & right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Or(Lanes512 left, Lanes512 right) => new(left.Value | right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Xor(Lanes512 left, Lanes512 right) => new(left.Value ^ right.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ShiftLeft(Lanes512 value, int count) => new(value.Value << count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Signs(Lanes512 value) => new(value.Value >> 63);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Test(Lanes512 left, Lanes512 right) =>
        new(~Vector512.Equals(left.Value & right.Value, Vector512<long>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Greater(Lanes512 left, Lanes512 right) => new(Vector512.GreaterThan(left.Value, right.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Select(Lanes512 mask, Lanes512 yes, Lanes512 no) =>
        new(Vector512.ConditionalSelect(mask.Value, yes.Value, no.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Lanes512 mask) => Vector512.ExtractMostSignificantBits(mask.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ToDoubles(Lanes512 integers) => new(Vector512.ConvertToDouble(integers.Value).AsInt64());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 UnsignedToDoubles(Lanes512 integers) =>
        new(Vector512.ConvertToDouble(integers.Value.AsUInt64()).AsInt64());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyDoubles(Lanes512 left, Lanes512 right) =>
        new((left.Value.AsDouble() * right.Value.AsDouble()).AsInt64());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 FusedMultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(Vector512.FusedMultiplyAdd(left.Value.AsDouble(), right.Value.AsDouble(), addend.Value.AsDouble()).AsInt64());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 IsMagnitudeBelow(Lanes512 doubles, Lanes512 limit) =>
        new(Vector512.LessThan(Vector512.Abs(doubles.Value.AsDouble()), limit.Value.AsDouble()).AsInt64());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Sum(Lanes512 value) => Vector512.Sum(value.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Largest(Lanes512 value) =>
        Lanes256.Largest(new(Vector256.Max(value.Value.GetLower(), value.Value.GetUpper())));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Any(Lanes512 value) => Lanes256.Any(new(value.Value.GetLower() | value.Value.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref readonly long source, nint pitch, ref long target)
    {
        if (!Avx512F.IsSupported)
        {
            TransposePlain(in source, pitch, ref target);
            return;
        }

        ref var from = ref Unsafe.AsRef(in source);
        var r0 = Vector512.LoadUnsafe(ref from);
        var r1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, pitch));
        var r2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, 2 * pitch));
        var r3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, 3 * pitch));
        var r4 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, 4 * pitch));
        var r5 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, 5 * pitch));
        var r6 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, 6 * pitch));
        var r7 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, 7 * pitch));

        // pairs of rows: even and odd columns
        var (e0, o0) = (Avx512F.UnpackLow(r0, r1), Avx512F.UnpackHigh(r0, r1));
        var (e1, o1) = (Avx512F.UnpackLow(r2, r3), Avx512F.UnpackHigh(r2, r3));
        var (e2, o2) = (Avx512F.UnpackLow(r4, r5), Avx512F.UnpackHigh(r4, r5));
        var (e3, o3) = (Avx512F.UnpackLow(r6, r7), Avx512F.UnpackHigh(r6, r7));

        // fours of rows: columns 0 and 4 (2 and 6), 1 and 5 (3 and 7)
        var (a0, a1) = (Avx512F.Shuffle4x128(e0, e1, 0x88), Avx512F.Shuffle4x128(e2, e3, 0x88));
        var (a2, a3) = (Avx512F.Shuffle4x128(e0, e1, 0xDD), Avx512F.Shuffle4x128(e2, e3, 0xDD));
        var (b0, b1) = (Avx512F.Shuffle4x128(o0, o1, 0x88), Avx512F.Shuffle4x128(o2, o3, 0x88));
        var (b2, b3) = (Avx512F.Shuffle4x128(o0, o1, 0xDD), Avx512F.Shuffle4x128(o2, o3, 0xDD));

        Avx512F.Shuffle4x128(a0, a1, 0x88).StoreUnsafe(ref target);
        Avx512F.Shuffle4x128(b0, b1, 0x88).StoreUnsafe(ref Unsafe.Add(ref target, 8));
        Avx512F.Shuffle4x128(a2, a3, 0x88).StoreUnsafe(ref Unsafe.Add(ref target, 16));
        Avx512F.Shuffle4x128(b2, b3, 0x88).StoreUnsafe(ref Unsafe.Add(ref target, 24));
        Avx512F.Shuffle4x128(a0, a1, 0xDD).StoreUnsafe(ref Unsafe.Add(ref target, 32));
        Avx512F.Shuffle4x128(b0, b1, 0xDD).StoreUnsafe(ref Unsafe.Add(ref target, 40));
        Avx512F.Shuffle4x128(a2, a3, 0xDD).StoreUnsafe(ref Unsafe.Add(ref target, 48));
        Avx512F.Shuffle4x128(b2, b3, 0xDD).StoreUnsafe(ref Unsafe.Add(ref target, 56));
    }

    private static void TransposePlain(ref readonly long source, nint pitch, ref long target)
    {
        for (var row = 0; row < 8; row++)
        {
            for (var column = 0; column < 8; column++)
            {
                Unsafe.Add(ref target, (column * 8) + row) = Unsafe.Add(ref Unsafe.AsRef(in source), (row * pitch) + column);
            }
        }
    }
}
