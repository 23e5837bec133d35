namespace IndicatorCore.Indicators;

/// <summary>Whether a figure may be shown (indicator-definitions 1.7). Names in results are upper snake case.</summary>
public enum ResultStatus
{
    /// <summary>May be published as it is.</summary>
    Published,

    /// <summary>May be published together with its flags.</summary>
    PublishedWithWarning,

    /// <summary>Computed, but must not be shown; <see cref="IndicatorRow.Reason"/> says why.</summary>
    Suppressed,

    /// <summary>Cannot be computed; <see cref="IndicatorRow.Reason"/> says why.</summary>
    NotAvailable,
}
