namespace IndicatorCore.Portal.Storage;

/// <summary>A factory of the registry and where it belongs: what groups and grants are placed by.</summary>
/// <param name="Factory">The factory's id.</param>
/// <param name="Name">Its name, or its id where it has none.</param>
/// <param name="Province">Its province, or null.</param>
/// <param name="City">Its city, or null.</param>
/// <param name="District">Its district, or null.</param>
/// <param name="Park">Its park, or null.</param>
/// <param name="Zone">Its pilot zone, or null.</param>
/// <param name="Industry">Its industry, or null.</param>
/// <param name="Lines">Its lines' ids, by ordinal order.</param>
public sealed record Place(
    string Factory, string Name, string? Province, string? City, string? District, string? Park, string? Zone, string? Industry, IReadOnlyList<string> Lines);
