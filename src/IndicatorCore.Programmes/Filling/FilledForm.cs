namespace IndicatorCore.Programmes.Filling;

/// <summary>A filled form: what every output format prints.</summary>
public sealed record FilledForm
{
    /// <summary>The programme.</summary>
    public required string Programme { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The notice.</summary>
    public required string Notice { get; init; }

    /// <summary>The copies, in the order of the registry.</summary>
    public required IReadOnlyList<FilledCopy> Copies { get; init; }

    /// <summary>The evidence of its figures, by number.</summary>
    public required IReadOnlyList<FigureTrace> Traces { get; init; }

    /// <summary>What a clerk has to look at: errors first, then by subject in the order of the copies.</summary>
    public required IReadOnlyList<FormFinding> Findings { get; init; }

    /// <summary>SHA-256 of the result rows; null where the registry was enough.</summary>
    public string? RowDigest { get; init; }

    /// <summary>SHA-256 of the registry.</summary>
    public string? RegistryDigest { get; init; }

    /// <summary>Whether every check holds: no errors, no warnings.</summary>
    public bool Holds => Findings.All(static finding => finding.Severity == FormSeverity.Notice);
}
