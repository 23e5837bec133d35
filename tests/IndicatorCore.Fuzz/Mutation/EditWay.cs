namespace IndicatorCore.Fuzz.Mutation;

/// <summary>How a number is changed.</summary>
internal enum EditWay
{
    /// <summary>A small number added.</summary>
    Add,

    /// <summary>Doubled, halved, negated, complemented.</summary>
    Scale,

    /// <summary>A border of its width: 0, 1, -1, the least, the greatest.</summary>
    Border,

    /// <summary>A number near the length of the input.</summary>
    NearLength,

    /// <summary>The value of another site.</summary>
    Borrow,

    /// <summary>Any number.</summary>
    Any,
}
