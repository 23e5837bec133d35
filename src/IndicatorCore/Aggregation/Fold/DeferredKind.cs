namespace IndicatorCore.Aggregation.Fold;

/// <summary>What a lane's values are while they still lie in the column.</summary>
internal enum DeferredKind
{
    /// <summary>Doubles, all within the range of the fast conversion.</summary>
    Double,

    /// <summary>Singles, likewise.</summary>
    Single,

    /// <summary>32-bit integers.</summary>
    Int32,

    /// <summary>Flags, as a mask of the chunk's rows.</summary>
    Bits,
}
