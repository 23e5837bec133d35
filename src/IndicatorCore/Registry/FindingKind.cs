namespace IndicatorCore.Registry;

/// <summary>What <c>registry check</c> found.</summary>
public enum FindingKind
{
    /// <summary>Two rows say different things of one thing at one time, or one says what cannot be.</summary>
    Contradiction,

    /// <summary>A row names something that the registry does not have, or a word of no list.</summary>
    UnknownReference,

    /// <summary>The same is said twice.</summary>
    Duplicate,

    /// <summary>Something is absent that indicators or forms need.</summary>
    Gap,

    /// <summary>A value or table cannot be read.</summary>
    Malformed,
}
