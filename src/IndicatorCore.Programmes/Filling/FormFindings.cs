namespace IndicatorCore.Programmes.Filling;

/// <summary>Collects findings, in the order in which they are met.</summary>
internal sealed class FormFindings
{
    private readonly List<FormFinding> _all = [];

    /// <summary>Errors first, otherwise as met; each once.</summary>
    public IReadOnlyList<FormFinding> Sorted => [.. _all.Distinct().OrderBy(static finding => finding.Severity)];

    /// <summary>Adds one.</summary>
    public void Add(FormSeverity severity, FormSubject? subject, string field, string problem, string advice) =>
        _all.Add(new(severity, subject?.Key, field, problem, advice));
}
