namespace IndicatorCore.Indicators.Definitions;

/// <summary>Scenarios of a group.</summary>
internal sealed class ScenarioTotals
{
    /// <summary>Those of the twenty.</summary>
    public HashSet<string> Canonical { get; } = [];

    /// <summary>Those of the twenty in each factory.</summary>
    public HashSet<(string? Factory, string Name)> Instances { get; } = [];

    /// <summary>Those that are none of the twenty.</summary>
    public HashSet<string> Others { get; } = [];

    /// <summary>Whether a name may mean several.</summary>
    public bool HasAmbiguous { get; set; }
}
