namespace IndicatorCore.Indicators.Declared;

/// <summary>Why a declared text is no figure.</summary>
public enum DeclaredProblem
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Nothing is written.</summary>
    Empty,

    /// <summary>More than <see cref="DeclaredText.MaxLength"/> characters, or numbers of more than 30 digits.</summary>
    TooLong,

    /// <summary>No number stands where one must.</summary>
    NoNumber,

    /// <summary>A number is written as none is, such as 1,20 or 三四十.</summary>
    MalformedNumber,

    /// <summary>Words before, between or behind the numbers are not known: their meaning is not guessed.</summary>
    UnknownWords,

    /// <summary>Two relations that exclude each other, such as 不超过30%以上.</summary>
    ContradictoryRelations,

    /// <summary>The ends of an interval have different units, or the first one has one and the second none.</summary>
    MixedUnits,

    /// <summary>An interval ends before it begins.</summary>
    ReversedInterval,
}
