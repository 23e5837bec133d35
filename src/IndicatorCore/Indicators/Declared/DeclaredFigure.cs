using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Declared;

/// <summary>A declared figure beside the measured one, with a verdict.</summary>
public sealed record DeclaredFigure
{
    /// <summary>What was declared, as it stands in the registry.</summary>
    public required DeclaredRecord Record { get; init; }

    /// <summary>The id of the indicator that measures it, such as <c>eff_gain</c>.</summary>
    public required string Indicator { get; init; }

    /// <summary>What the text says.</summary>
    public required DeclaredText Declared { get; init; }

    /// <summary>The declared value in the unit of <see cref="Measured"/>, its sign turned where a fall is declared of a gain; of an interval its lower end. Null where it cannot be compared.</summary>
    public DeclaredNumber? Value { get; init; }

    /// <summary>The upper end of a declared interval, likewise.</summary>
    public DeclaredNumber? Upper { get; init; }

    /// <summary>How the declared value binds the measured one: that of the text, turned with its sign.</summary>
    public DeclaredRelation Relation { get; init; }

    /// <summary>The measured figure with its definition, window, status and evidence; null where there is none.</summary>
    public IndicatorRow? Measured { get; init; }

    /// <summary>
    /// The declared figure nearest to the measured one, less the measured one: of ratios in percentage points, else in its unit. Positive where
    /// more is declared. Null where they cannot be compared.
    /// </summary>
    public double? Difference { get; init; }

    /// <summary><c>pp</c> (percentage points) of ratios, else the unit.</summary>
    public string DifferenceUnit { get; init; } = string.Empty;

    /// <summary>The verdict.</summary>
    public DeclaredVerdict Verdict { get; init; }

    /// <summary>Why there is none but <see cref="DeclaredVerdict.Unverifiable"/>.</summary>
    public DeclaredObstacle Obstacle { get; init; }
}
