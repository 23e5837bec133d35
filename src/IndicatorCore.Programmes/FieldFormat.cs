namespace IndicatorCore.Programmes;

/// <summary>How a field is printed.</summary>
public enum FieldFormat
{
    /// <summary>Text as it stands.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A number in its shortest form.</summary>
    Number,

    /// <summary>A ratio as percent with one decimal, ties to even (GB/T 8170).</summary>
    Percent,

    /// <summary>An amount of money in the unit of the heading.</summary>
    Money,

    /// <summary>A local date.</summary>
    Date,

    /// <summary>Check boxes.</summary>
    Choice,
}
