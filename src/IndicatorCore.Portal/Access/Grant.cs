using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Access;

/// <summary>What a caller may do, and where.</summary>
/// <param name="Scope">The part of the tree of places.</param>
/// <param name="Kind">What may be done there.</param>
public readonly record struct Grant(PlaceScope Scope, GrantKind Kind);
