namespace IndicatorCore.Sources;

/// <summary>What kind of value a canonical column holds (interface 1, accepted Arrow types).</summary>
internal enum CanonicalKind
{
    /// <summary>A name, compared as text.</summary>
    Key,

    /// <summary>A quantity.</summary>
    Measure,

    /// <summary>A whole number that orders or counts, such as <c>seq</c>.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A point in time.</summary>
    Instant,
}
