using System.Net;
using System.Security.Claims;
using IndicatorCore.Portal.Storage;
using Microsoft.AspNetCore.Http;

namespace IndicatorCore.Portal.Access;

/// <summary>Who sits at this very machine, as far as a request shows it.</summary>
internal static class LoopbackCaller
{
    public const string Id = "loopback";

    /// <summary>Its partition of <see cref="AccessRate"/>; no key has such an id.</summary>
    public const string Partition = $"{PortalAccess.KeyScheme}/{Id}";

    /// <summary>
    /// Whether the request comes from this machine and from nobody behind it: not through a proxy, not by a name of the outer world that leads here (DNS rebinding), and
    /// not from a page of another origin in this machine's browser.
    /// </summary>
    public static bool IsBehind(HttpContext context)
    {
        var request = context.Request;
        if (context.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote) || !IsLoopbackHost(request.Host.Host))
        {
            return false;
        }

        if (request.Headers.ContainsKey("Forwarded") || request.Headers.ContainsKey("X-Forwarded-For") || request.Headers.ContainsKey("X-Real-IP") || request.Headers.ContainsKey("Via"))
        {
            return false;
        }

        return request.Headers.Origin is not [{ } origin] || string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a host's name or address means this machine alone.</summary>
    public static bool IsLoopbackHost(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    public static ClaimsPrincipal Principal() => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, Id),
            new(ClaimTypes.Name, Id),
            new(PortalAccess.GrantClaim, new Grant(PlaceScope.All, GrantKind.Read).ToString()),
            new(PortalAccess.GrantClaim, new Grant(PlaceScope.All, GrantKind.Upload).ToString()),
        ],
        PortalAccess.KeyScheme));
}
