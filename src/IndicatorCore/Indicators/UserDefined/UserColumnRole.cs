namespace IndicatorCore.Indicators.UserDefined;

/// <summary>What a column is read as.</summary>
internal enum UserColumnRole
{
    /// <summary>Numbers, in fixed point.</summary>
    Measure,

    /// <summary>True or false, as 1 and 0.</summary>
    Flag,

    /// <summary>Texts (or integers as text), as numbers of a key table.</summary>
    Key,
}
