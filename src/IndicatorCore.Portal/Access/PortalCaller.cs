using System.Globalization;
using System.Security.Claims;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Access;

/// <summary>Who asks, and what the grants among the claims allow.</summary>
public sealed class PortalCaller
{
    private PortalCaller(ClaimsPrincipal principal)
    {
        Id = principal.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? principal.Identity?.Name ?? "anonymous";
        Name = principal.Identity?.Name ?? Id;
        Grants = [.. principal.FindAll(PortalAccess.GrantClaim).Select(static claim => Grant.TryParse(claim.Value, out var grant) ? grant : (Grant?)null).OfType<Grant>()];
        ExpiresAt = DateTimeOffset.TryParse(
            principal.FindFirst(PortalAccess.ExpiryClaim)?.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) ? end : null;
        ReadsAll = Grants.Contains(new Grant(PlaceScope.All, GrantKind.Read));
        UploadsAll = Grants.Contains(new Grant(PlaceScope.All, GrantKind.Upload));
        ReadScopes = ReadsAll ? null : [.. Grants.Where(static grant => grant.Kind == GrantKind.Read).Select(static grant => grant.Scope)];
    }

    /// <summary>The key's id, or the host's identifier.</summary>
    public string Id { get; }

    /// <summary>The key's name, or the host's.</summary>
    public string Name { get; }

    /// <summary>All grants. A claim that is no grant grants nothing.</summary>
    public IReadOnlyList<Grant> Grants { get; }

    /// <summary>When the grants end, or null.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>What may be read: null = everything, an empty list = nothing. For <see cref="RowQuery.Within"/>.</summary>
    public IReadOnlyList<PlaceScope>? ReadScopes { get; }

    /// <summary>Whether everything may be read.</summary>
    public bool ReadsAll { get; }

    /// <summary>Whether anything may be published.</summary>
    public bool UploadsAll { get; }

    /// <summary>The caller behind the claims.</summary>
    /// <param name="principal">The claims.</param>
    public static PortalCaller Of(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return new PortalCaller(principal);
    }
}
