namespace IndicatorCore.Programmes;

/// <summary>A field of a form: what it is called, where its content comes from and how it is printed.</summary>
public sealed record ProgrammeField
{
    /// <summary>The heading, verbatim.</summary>
    public required string Heading { get; init; }

    /// <summary>The heading printed over several fields, such as 联系人 over 姓名 and 电话; null for most.</summary>
    public string? Group { get; init; }

    /// <summary>The name in templates, <c>{{name}}</c>: the group, a hyphen and the heading, unless another is given.</summary>
    public string Name
    {
        get => field ?? (Group is null ? Heading : $"{Group}-{Heading}");
        init;
    }

    /// <summary>Where the content comes from.</summary>
    public FieldSource Source { get; init; }

    /// <summary>The indicators of a computed field: the first is preferred, a later one is printed with its name where the first has no figure.</summary>
    public IReadOnlyList<string> Indicators { get; init; } = [];

    /// <summary>What of the row is printed.</summary>
    public FigurePart Part { get; init; }

    /// <summary>The registry's headings of the value, the first that is filled; the field's own name when none is given.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The rule of a derived field, or null.</summary>
    public DerivedRule? Rule { get; init; }

    /// <summary>How it is printed.</summary>
    public FieldFormat Format { get; init; }

    /// <summary>The unit printed behind the number, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>The boxes of a choice, verbatim; the last may be 其他 or 其它 and then takes what fits no other.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Whether only one box may be ticked.</summary>
    public bool IsSingle { get; init; }

    /// <summary>The most characters of free text, a Chinese character counting one; null = no limit.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether the form is incomplete without it.</summary>
    public bool IsRequired { get; init; }
}
