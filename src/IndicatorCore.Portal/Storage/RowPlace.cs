namespace IndicatorCore.Portal.Storage;

/// <summary>Where a row's group lies in the tree of places: what grants are held against. Null = it crosses such places, or none is known.</summary>
/// <param name="Province">The one province that holds all of it.</param>
/// <param name="City">The one city.</param>
/// <param name="Factory">The one factory.</param>
public readonly record struct RowPlace(string? Province, string? City, string? Factory)
{
    /// <summary>Whether the row lies within a scope.</summary>
    public bool LiesWithin(PlaceScope scope) => scope.Kind switch
    {
        PlaceKind.All => true,
        PlaceKind.Province => Province is not null && Province == scope.Value,
        PlaceKind.City => City is not null && City == scope.Value,
        PlaceKind.Factory => Factory is not null && Factory == scope.Value,
        _ => false,
    };

    /// <summary>Whether the row lies within any of the scopes; null = everything.</summary>
    public bool LiesWithin(IReadOnlyList<PlaceScope>? scopes)
    {
        if (scopes is null)
        {
            return true;
        }

        for (var i = 0; i < scopes.Count; i++)
        {
            if (LiesWithin(scopes[i]))
            {
                return true;
            }
        }

        return false;
    }
}
