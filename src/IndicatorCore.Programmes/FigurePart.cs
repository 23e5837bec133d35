namespace IndicatorCore.Programmes;

/// <summary>What of a result row a field prints.</summary>
public enum FigurePart
{
    /// <summary>The value.</summary>
    Value,

    /// <summary>The numerator: of a ratio of counts the count.</summary>
    Numerator,

    /// <summary>The same indicator's value in the baseline span; of a phase indicator the span itself.</summary>
    Before,

    /// <summary>The value after; of a phase indicator the after span.</summary>
    After,

    /// <summary>Of a phase indicator the change, which is its value; nothing for others, since forms never compute.</summary>
    Change,

    /// <summary>The window.</summary>
    Window,
}
