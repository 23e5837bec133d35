namespace IndicatorCore.Programmes.Codes;

/// <summary>How a name of one list of industries stands to a name of another.</summary>
public enum IndustryRelation
{
    /// <summary>The same industry.</summary>
    Exact,

    /// <summary>The first holds the second and more.</summary>
    Broader,

    /// <summary>The first is a part of the second.</summary>
    Narrower,
}
