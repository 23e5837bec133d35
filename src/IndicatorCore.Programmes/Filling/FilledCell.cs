namespace IndicatorCore.Programmes.Filling;

/// <summary>What stands in a field.</summary>
public sealed record FilledCell
{
    /// <summary>As printed; empty where nothing is known.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The number printed, rounded as printed (a ratio for percent), or null where it is no number.</summary>
    public double? Number { get; init; }

    /// <summary>How it is printed.</summary>
    public FieldFormat Format { get; init; }

    /// <summary>The unit behind the number, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>The check boxes.</summary>
    public IReadOnlyList<FilledOption> Options { get; init; } = [];

    /// <summary>The number of its evidence, or null where it is no figure.</summary>
    public int? Trace { get; init; }
}
