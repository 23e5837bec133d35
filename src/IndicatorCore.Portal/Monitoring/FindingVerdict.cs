namespace IndicatorCore.Portal.Monitoring;

/// <summary>What a rule says about one thing. What cannot be judged has no finding: an open alert stays open.</summary>
internal enum FindingVerdict
{
    /// <summary>All is well again, or as before.</summary>
    Clear,

    /// <summary>Something is wrong.</summary>
    Raise,
}
