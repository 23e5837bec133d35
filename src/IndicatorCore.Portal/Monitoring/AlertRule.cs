namespace IndicatorCore.Portal.Monitoring;

/// <summary>When an alert is raised.</summary>
public sealed record AlertRule
{
    /// <summary>What alerts call it; every rule has a name of its own.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>The indicator: of <see cref="AlertKind.Below"/> and <see cref="AlertKind.Above"/> always, of <see cref="AlertKind.Drift"/> where it is about one alone.</summary>
    public string? Indicator { get; init; }

    /// <summary>The level of the groups that are judged, its keys joined by commas; empty for the whole.</summary>
    public string Level { get; init; } = "factory";

    /// <summary>Values that a group must have, by key.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Group { get; init; } = [];

    /// <summary>The view. Of several windows the newest of each group that has a published figure is judged.</summary>
    public string View { get; init; } = "default";

    /// <summary>The threshold, in the indicator's unit.</summary>
    public double Threshold { get; init; }

    /// <summary>What the figure must reach again before the alert is cleared; never beyond the threshold's wrong side.</summary>
    public double Clear { get; init; }

    /// <summary>For how long data may stay away, or a file unreadable.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Whether silence is judged by factory; else over everything.</summary>
    public bool IsByFactory { get; init; }
}
