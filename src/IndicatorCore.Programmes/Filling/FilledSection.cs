namespace IndicatorCore.Programmes.Filling;

/// <summary>A section with its content.</summary>
public sealed record FilledSection
{
    /// <summary>The heading.</summary>
    public required string Heading { get; init; }

    /// <summary>The fields beside their headings; of a table with names, its cells by name for templates.</summary>
    public IReadOnlyList<FilledField> Fields { get; init; } = [];

    /// <summary>The table, or null.</summary>
    public FilledTable? Table { get; init; }

    /// <summary>A printed remark, or null.</summary>
    public string? Note { get; init; }
}
