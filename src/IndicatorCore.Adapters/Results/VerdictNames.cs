using IndicatorCore.Indicators.Declared;

namespace IndicatorCore.Adapters.Results;

/// <summary>The names of verdicts, obstacles and relations as results carry them.</summary>
public static class VerdictNames
{
    private static readonly string[] s_verdicts = ["UNVERIFIABLE", "CONSISTENT", "OVERSTATED", "UNDERSTATED"];
    private static readonly string[] s_obstacles = ["", "NOT_PARSED", "UNIT_MISMATCH", "CHANGE_OF_LEVEL", "NO_ROW", "NOT_AVAILABLE", "SUPPRESSED"];

    private static readonly string[] s_problems =
        ["", "EMPTY", "TOO_LONG", "NO_NUMBER", "MALFORMED_NUMBER", "UNKNOWN_WORDS", "CONTRADICTORY_RELATIONS", "MIXED_UNITS", "REVERSED_INTERVAL"];

    private static readonly string[] s_relations = ["=", "≈", "≥", ">", "≤", "<", "interval"];

    /// <summary>Such as <c>OVERSTATED</c>.</summary>
    public static string Of(DeclaredVerdict verdict) => s_verdicts[(int)verdict];

    /// <summary>Such as <c>≥</c>.</summary>
    public static string Of(DeclaredRelation relation) => s_relations[(int)relation];

    /// <summary>Why there is no verdict, such as <c>UNIT_MISMATCH</c> or <c>NOT_PARSED(NO_NUMBER)</c>; null where there is one.</summary>
    public static string? Reason(DeclaredFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return figure.Obstacle switch
        {
            DeclaredObstacle.None => null,
            DeclaredObstacle.NotParsed => $"{s_obstacles[(int)figure.Obstacle]}({s_problems[(int)figure.Declared.Problem]})",
            _ => s_obstacles[(int)figure.Obstacle],
        };
    }
}
