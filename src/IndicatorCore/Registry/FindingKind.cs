namespace IndicatorCore.Registry;

/// <summary>What <c>registry check</c> found.</summary>
public enum FindingKind
{
    /// <summary>Two rows say different things of one thing at one time.</summary>
    Contradiction,

    /// <summary>A row names something that the registry does not have.</summary>
    UnknownReference,

    /// <summary>The same row stands there twice.</summary>
    Duplicate,

    /// <summary>Something is absent that indicators need.</summary>
    Gap,
}
