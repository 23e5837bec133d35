namespace IndicatorCore.Generation;

/// <summary>The order of rows in a table.</summary>
public enum RowOrder
{
    /// <summary>By time, then by factory and device; with faults a few rows come late.</summary>
    TimeMajor,

    /// <summary>A fixed permutation over the whole table: neighbours have nothing in common.</summary>
    Shuffled,
}
