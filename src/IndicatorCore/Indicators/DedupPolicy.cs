namespace IndicatorCore.Indicators;

/// <summary>What is done about data seen twice (interface 1, Duplicate policy).</summary>
public enum DedupPolicy
{
    /// <summary>An input whose content was already read is counted once and reported as replay.</summary>
    Export,

    /// <summary>In addition exact row de-duplication by record key, within the memory budget.</summary>
    Rows,

    /// <summary>Everything counts.</summary>
    None,
}
