using System.Text;

namespace IndicatorCore.Indicators.Declared;

/// <summary>
/// A declared figure as it was typed, and what it says: <c>约30%</c>, <c>30%以上</c>, <c>＞30%</c>, <c>30-35%</c>, <c>百分之三十</c>, <c>1,200万元</c>.
/// What is not understood as a whole is not understood at all: <see cref="Problem"/> says why, and nothing is guessed (indicator-definitions 10).
/// </summary>
public sealed record DeclaredText
{
    /// <summary>The most characters of a text that is looked at.</summary>
    public const int MaxLength = 200;

    private static readonly string[] s_signs = ["", "约", "≥", ">", "≤", "<", ""];

    /// <summary>The text as typed.</summary>
    public required string Text { get; init; }

    /// <summary>Why it is no figure; <see cref="DeclaredProblem.None"/> where it is one.</summary>
    public DeclaredProblem Problem { get; init; }

    /// <summary>Whether it is a figure.</summary>
    public bool IsParsed => Problem == DeclaredProblem.None;

    /// <summary>How the figure binds the true one.</summary>
    public DeclaredRelation Relation { get; init; }

    /// <summary>The figure, in <see cref="Unit"/>; of an interval its lower end.</summary>
    public DeclaredNumber Value { get; init; }

    /// <summary>The upper end of an interval, in <see cref="Unit"/>; null where it is none.</summary>
    public DeclaredNumber? Upper { get; init; }

    /// <summary>In what the figure is held.</summary>
    public DeclaredUnit Unit { get; init; }

    /// <summary>Whether the text says that something rose or fell by the figure (提升30%), not that it is there (提升至30%).</summary>
    public IndicatorChange Change { get; init; }

    /// <summary>What the last digit written is worth, in <see cref="Unit"/>: 0.001 of <c>30.5%</c>, 10000 of <c>1,200万元</c>.</summary>
    public DeclaredNumber Resolution { get; init; }

    /// <summary>Reads a text. No text throws.</summary>
    /// <param name="text">The text as typed.</param>
    public static DeclaredText Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new DeclaredScanner(text).Read();
    }

    /// <summary>The figure in one spelling, which <see cref="Parse"/> reads as the same figure; empty where it is none.</summary>
    public string Format()
    {
        if (!IsParsed)
        {
            return string.Empty;
        }

        var text = new StringBuilder();
        text.Append(Change switch { IndicatorChange.Increase => "提升", IndicatorChange.Decrease => "降低", _ => string.Empty });
        text.Append(s_signs[(int)Relation]);
        text.Append(Number(Value));
        return (Upper is { } upper ? text.Append('~').Append(Number(upper)) : text).ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => IsParsed ? Format() : $"{Problem}: {Text}";

    private string Number(DeclaredNumber value)
    {
        var (unit, factor) = DeclaredUnits.Written(Unit);
        return value.Times(factor, 1).ToString() + unit;
    }
}
