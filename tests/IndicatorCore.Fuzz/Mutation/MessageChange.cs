namespace IndicatorCore.Fuzz.Mutation;

/// <summary>A stream's messages rearranged.</summary>
internal enum MessageChange
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>One left out.</summary>
    Drop,

    /// <summary>One twice.</summary>
    Repeat,

    /// <summary>Two neighbours exchanged.</summary>
    Swap,

    /// <summary>The schema again at the end.</summary>
    SchemaAgain,
}
