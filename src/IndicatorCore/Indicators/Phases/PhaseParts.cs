namespace IndicatorCore.Indicators.Phases;

/// <summary>Which figures are wanted beside the whole.</summary>
[Flags]
internal enum PhaseParts
{
    /// <summary>The whole only.</summary>
    None = 0,

    /// <summary>Paasche, Laspeyres, pooled and mix effect.</summary>
    Index = 1 << 0,

    /// <summary>The same index on other inputs: labour and machine, or cost without the project's and, where there is a price index, at its prices.</summary>
    Scopes = 1 << 1,

    /// <summary>All of them.</summary>
    All = Index | Scopes,
}
