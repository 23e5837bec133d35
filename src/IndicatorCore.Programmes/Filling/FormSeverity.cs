namespace IndicatorCore.Programmes.Filling;

/// <summary>How much a finding weighs.</summary>
public enum FormSeverity
{
    /// <summary>The form must not be handed in so.</summary>
    Error,

    /// <summary>Somebody has to look at it: the check does not hold.</summary>
    Warning,

    /// <summary>Good to know; every check holds.</summary>
    Notice,
}
