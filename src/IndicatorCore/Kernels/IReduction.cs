namespace IndicatorCore.Kernels;

/// <summary>How values of a run become one: an operation whose order does not matter.</summary>
internal interface IReduction
{
    /// <summary>What no value gives.</summary>
    static abstract long Identity { get; }

    /// <summary>Takes values in.</summary>
    static abstract TLanes Apply<TLanes>(TLanes result, TLanes values)
        where TLanes : unmanaged, ILanes<TLanes>;

    /// <summary>Takes in values whose mask is set.</summary>
    static abstract TLanes Apply<TLanes>(TLanes result, TLanes values, TLanes mask)
        where TLanes : unmanaged, ILanes<TLanes>;

    /// <summary>All lanes to one.</summary>
    static abstract long Across<TLanes>(TLanes result)
        where TLanes : unmanaged, ILanes<TLanes>;

    /// <summary>Two results to one.</summary>
    static abstract long Combine(long left, long right);
}
