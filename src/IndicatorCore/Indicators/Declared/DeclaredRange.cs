namespace IndicatorCore.Indicators.Declared;

/// <summary>All values that a declared figure admits: a span, open or closed at either end; null = no end.</summary>
internal readonly record struct DeclaredRange(DeclaredNumber? Low, bool IsLowOpen, DeclaredNumber? High, bool IsHighOpen)
{
    /// <summary>The span of a relation.</summary>
    public static DeclaredRange Of(DeclaredRelation relation, DeclaredNumber value, DeclaredNumber? upper) => relation switch
    {
        DeclaredRelation.AtLeast => new(value, false, null, false),
        DeclaredRelation.GreaterThan => new(value, true, null, false),
        DeclaredRelation.AtMost => new(null, false, value, false),
        DeclaredRelation.LessThan => new(null, false, value, true),
        _ => new(value, false, upper ?? value, false),
    };

    /// <summary>Whether a value is in it.</summary>
    public bool Contains(DeclaredNumber value) => Meets(value, value);

    /// <summary>Whether it has a value in common with a closed interval.</summary>
    public bool Meets(DeclaredNumber from, DeclaredNumber to) => !IsAbove(to) && !IsBelow(from);

    /// <summary>Whether all of it lies above a value.</summary>
    public bool IsAbove(DeclaredNumber value) => Low is { } low && (IsLowOpen ? value <= low : value < low);

    /// <summary>Whether all of it lies below a value.</summary>
    public bool IsBelow(DeclaredNumber value) => High is { } high && (IsHighOpen ? value >= high : value > high);

    /// <summary>How far its nearest value is above a value, negative where it is below; 0 inside.</summary>
    public DeclaredNumber Beyond(DeclaredNumber value) =>
        Low is { } low && value < low ? low.Minus(value)
        : High is { } high && value > high ? high.Minus(value)
        : default;
}
