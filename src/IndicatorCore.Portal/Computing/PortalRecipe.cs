using IndicatorCore.Indicators;

namespace IndicatorCore.Portal.Computing;

/// <summary>What is computed for a dataset.</summary>
public sealed record PortalRecipe
{
    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>
    /// The question: registry, profile, source, zone, conditions. Its levels, windows, grain and cells of the coverage map are set by <see cref="Levels"/> and <see cref="Windows"/>.
    /// </summary>
    public required IndicatorQuery Query { get; init; }

    /// <summary>The levels, as <see cref="IndicatorQuery.GroupBy"/> takes them.</summary>
    public IReadOnlyList<string> Levels { get; init; } = ["province", "city", "factory", "factory,line"];

    /// <summary>The calendar windows of which views are made beside the default one.</summary>
    public IReadOnlyList<Window> Windows { get; init; } = [Window.Month];
}
