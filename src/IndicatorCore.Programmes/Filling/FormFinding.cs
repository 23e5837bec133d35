namespace IndicatorCore.Programmes.Filling;

/// <summary>Something for a clerk to work through before the form is printed.</summary>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Subject">The factory, zone or park, or null for the whole.</param>
/// <param name="Field">The field's name, or the rule.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Advice">What to do.</param>
public sealed record FormFinding(FormSeverity Severity, string? Subject, string Field, string Problem, string Advice);
