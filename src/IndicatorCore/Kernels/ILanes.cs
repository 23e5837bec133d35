namespace IndicatorCore.Kernels;

/// <summary>
/// Lanes of 64 bits side by side, read as integers, as doubles or as masks (all bits or none): what a kernel is generic over, so
/// that one source serves every width (decisions D13). Every member is one or a few instructions once it is inlined.
/// </summary>
/// <typeparam name="TSelf">The width.</typeparam>
internal interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>How many lanes: 8, 4, 2 or 1.</summary>
    static abstract int Count { get; }

    /// <summary>Lane i holds 1 &lt;&lt; i.</summary>
    static abstract TSelf Powers { get; }

    /// <summary>One value in every lane.</summary>
    static abstract TSelf Create(long value);

    /// <summary>Reads <see cref="Count"/> values from a place that has them.</summary>
    static abstract TSelf Load(ref readonly long source);

    /// <summary>Reads doubles, as their bits.</summary>
    static abstract TSelf Load(ref readonly double source);

    /// <summary>Reads floats and widens them to doubles.</summary>
    static abstract TSelf LoadDoubles(ref readonly float source);

    /// <summary>Reads integers and widens them to doubles.</summary>
    static abstract TSelf LoadDoubles(ref readonly int source);

    /// <summary>Writes <see cref="Count"/> values.</summary>
    static abstract void Store(TSelf value, ref long target);

    /// <summary>Writes the low halves of <see cref="Count"/> lanes.</summary>
    static abstract void StoreLow(TSelf value, ref int target);

    /// <summary>Sums modulo 2^64.</summary>
    static abstract TSelf Add(TSelf left, TSelf right);

    /// <summary>Differences modulo 2^64.</summary>
    static abstract TSelf Subtract(TSelf left, TSelf right);

    /// <summary>Products modulo 2^64.</summary>
    static abstract TSelf Multiply(TSelf left, TSelf right);

    /// <summary>The larger of signed lanes.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The smaller of signed lanes.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>Bits of both.</summary>
    static abstract TSelf And(TSelf left, TSelf right);

    /// <summary>Bits of either.</summary>
    static abstract TSelf Or(TSelf left, TSelf right);

    /// <summary>Bits of one of both.</summary>
    static abstract TSelf Xor(TSelf left, TSelf right);

    /// <summary>Lanes shifted towards the high end.</summary>
    static abstract TSelf ShiftLeft(TSelf value, int count);

    /// <summary>All bits where a signed lane is negative.</summary>
    static abstract TSelf Signs(TSelf value);

    /// <summary>A mask of the lanes that share a bit.</summary>
    static abstract TSelf Test(TSelf left, TSelf right);

    /// <summary>A mask of the signed lanes that are larger on the left.</summary>
    static abstract TSelf Greater(TSelf left, TSelf right);

    /// <summary>Lanes of <paramref name="yes"/> where the mask is set, of <paramref name="no"/> elsewhere.</summary>
    static abstract TSelf Select(TSelf mask, TSelf yes, TSelf no);

    /// <summary>A bit a lane of a mask.</summary>
    static abstract ulong Bits(TSelf mask);

    /// <summary>Integers to the nearest doubles.</summary>
    static abstract TSelf ToDoubles(TSelf integers);

    /// <summary>Unsigned integers to the nearest doubles.</summary>
    static abstract TSelf UnsignedToDoubles(TSelf integers);

    /// <summary>Products of doubles.</summary>
    static abstract TSelf MultiplyDoubles(TSelf left, TSelf right);

    /// <summary>Products plus a third, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>A mask of the doubles whose magnitude is below a limit; never NaN.</summary>
    static abstract TSelf IsMagnitudeBelow(TSelf doubles, TSelf limit);

    /// <summary>The sum of all lanes.</summary>
    static abstract long Sum(TSelf value);

    /// <summary>The largest signed lane.</summary>
    static abstract long Largest(TSelf value);

    /// <summary>The bits of any lane.</summary>
    static abstract long Any(TSelf value);

    /// <summary>Turns a square of <see cref="Count"/> rows, a pitch apart, so that its columns lie behind one another.</summary>
    static abstract void Transpose(ref readonly long source, nint pitch, ref long target);
}
