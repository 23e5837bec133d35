namespace IndicatorCore.Registry;

/// <summary>How much a finding in a registry weighs.</summary>
public enum FindingSeverity
{
    /// <summary>It cannot be read, or contradicts itself: a run refuses it, or follows one of two rows.</summary>
    Error,

    /// <summary>Something is not counted, or not where it should be: the check does not hold.</summary>
    Warning,

    /// <summary>Good to know; every check holds.</summary>
    Notice,
}
