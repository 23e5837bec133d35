namespace IndicatorCore.Programmes;

/// <summary>A section of a form: fields beside their headings, or a table.</summary>
public sealed record ProgrammeSection
{
    /// <summary>The heading, verbatim.</summary>
    public required string Heading { get; init; }

    /// <summary>What the rows are.</summary>
    public SectionRows Rows { get; init; }

    /// <summary>The fields: of a form each beside its heading, of a table by factory its columns.</summary>
    public IReadOnlyList<ProgrammeField> Fields { get; init; } = [];

    /// <summary>Whether it is about all subjects together and stands in a copy of its own, behind theirs.</summary>
    public bool IsOfAll { get; init; }

    /// <summary>The registry's heading that a factory must have filled to have a row, or null: every factory has one.</summary>
    public string? OnlyWith { get; init; }

    /// <summary>The headings of a table with lines of its own.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The lines of such a table.</summary>
    public IReadOnlyList<ProgrammeLine> Lines { get; init; } = [];

    /// <summary>The most characters of all its free texts together; null = no limit.</summary>
    public int? Limit { get; init; }

    /// <summary>A printed remark below, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Every field of the section.</summary>
    public IEnumerable<ProgrammeField> AllFields => Fields.Concat(Lines.SelectMany(static line => line.Fields));
}
