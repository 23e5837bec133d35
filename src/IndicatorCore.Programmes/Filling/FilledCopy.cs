namespace IndicatorCore.Programmes.Filling;

/// <summary>One copy of a form.</summary>
public sealed record FilledCopy
{
    /// <summary>The factory, zone or park that it is about, or the list's title.</summary>
    public required string Subject { get; init; }

    /// <summary>Its sections.</summary>
    public required IReadOnlyList<FilledSection> Sections { get; init; }
}
