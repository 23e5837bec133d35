namespace IndicatorCore.Indicators.UserDefined;

/// <summary>What a predicate asks of a row. Comparisons are false where the column's value is not VALID.</summary>
internal enum UserPredicateKind
{
    /// <summary>Nothing: it holds of every accepted row.</summary>
    Always,

    /// <summary>That the column's value is VALID (a key: not null).</summary>
    Valid,

    /// <summary>That a measure or flag lies from Low to High, both inclusive.</summary>
    Range,

    /// <summary>That a measure is one of Values.</summary>
    Among,

    /// <summary>That a key is one of Texts.</summary>
    Texts,

    /// <summary>That all operands hold.</summary>
    All,

    /// <summary>That any operand holds; without operands it never does.</summary>
    Any,

    /// <summary>That the operand does not hold.</summary>
    Not,
}
