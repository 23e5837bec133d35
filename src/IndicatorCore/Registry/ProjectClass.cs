namespace IndicatorCore.Registry;

/// <summary>The classes of projects (indicator-definitions 1.1).</summary>
internal static class ProjectClass
{
    /// <summary>One line.</summary>
    public const string Line = "产线级";

    /// <summary>Lines of one workshop.</summary>
    public const string Workshop = "车间级";

    /// <summary>Several workshops.</summary>
    public const string Factory = "工厂级";

    /// <summary>The classes.</summary>
    public static IReadOnlyList<string> All { get; } = [Line, Workshop, Factory];

    /// <summary>The class that a spelling means, or null.</summary>
    public static string? Of(string text) => text.ToUpperInvariant() switch
    {
        Line or "LINE" => Line,
        Workshop or "WORKSHOP" => Workshop,
        Factory or "FACTORY" => Factory,
        _ => null,
    };
}
