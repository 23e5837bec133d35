namespace IndicatorCore.Aggregation;

/// <summary>The ratios of sums that are kept (indicator-definitions 7).</summary>
internal enum RatioKind
{
    /// <summary>q_first_pass by q_started.</summary>
    FirstPass,

    /// <summary>q_good by q_total.</summary>
    Yield,

    /// <summary>kwh by the energy row's own q_good.</summary>
    EnergyIntensity,

    /// <summary>q_good of production alone: what energy is divided by where energy rows have no output.</summary>
    Output,
}
