using IndicatorCore.Indicators.Definitions;

namespace IndicatorCore.Indicators;

/// <summary>Every indicator that the library computes.</summary>
public static class IndicatorCatalog
{
    /// <summary>All, ordered by id.</summary>
    public static IReadOnlyList<IndicatorDescription> All { get; } = [.. DefinitionCatalog.All.Select(static definition => definition.Description)];

    /// <summary>The indicator with this id, or the whole of which it is a part; null when there is none.</summary>
    public static IndicatorDescription? Find(string id) => All.FirstOrDefault(description => description.Id == id || description.Parts.Contains(id));
}
