using IndicatorCore.Programmes.Codes;

namespace IndicatorCore.Programmes;

/// <summary>An official programme: its form or table as data. No logic stands here beyond names of rules.</summary>
public sealed record Programme
{
    /// <summary>The name on the command line, such as <c>liaoning-2024</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The title of the form, verbatim.</summary>
    public required string Title { get; init; }

    /// <summary>What it is, in a few English words.</summary>
    public required string Summary { get; init; }

    /// <summary>What one copy is about.</summary>
    public ProgrammeScope Scope { get; init; }

    /// <summary>The notice that it comes from.</summary>
    public string Notice { get; init; } = string.Empty;

    /// <summary>The sections in their order.</summary>
    public required IReadOnlyList<ProgrammeSection> Sections { get; init; }

    /// <summary>What must hold besides.</summary>
    public IReadOnlyList<ProgrammeRule> Rules { get; init; } = [];

    /// <summary>Deadlines in order of time.</summary>
    public IReadOnlyList<ProgrammeDeadline> Deadlines { get; init; } = [];

    /// <summary>The list in which the programme names industries, or null for any.</summary>
    public IndustryList? Industries { get; init; }

    /// <summary>Indicators that its rules or series need beyond those of its fields.</summary>
    public IReadOnlyList<string> AlsoNeeds { get; init; } = [];

    /// <summary>Every indicator that it needs, each once, in ordinal order; empty where the registry is enough.</summary>
    public IReadOnlyList<string> Indicators =>
    [
        .. Sections.SelectMany(static section => section.AllFields).SelectMany(static asked => asked.Indicators).Concat(AlsoNeeds)
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The levels of grouping that its figures are needed at.</summary>
    public IReadOnlyList<string> Levels => Scope switch
    {
        ProgrammeScope.Zone => ["zone"],
        ProgrammeScope.Park => ["park", "factory"],
        _ => ["factory"],
    };

    /// <summary>Whether a field prints the baseline's value of an indicator that has no phases of its own.</summary>
    internal bool NeedsBaseline => Sections.SelectMany(static section => section.AllFields).Any(static asked => asked.Part == FigurePart.Before);
}
