using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using IndicatorCore.Portal.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndicatorCore.Portal.Access;

/// <summary>Lets in who shows a key, and who sits at this machine as long as there is none.</summary>
internal sealed class KeyHandler : AuthenticationHandler<AuthenticationSchemeOptions>
{
    private const string Bearer = "Bearer ";
    private readonly AccessKeys _keys;
    private readonly IOptions<PortalAccessOptions> _access;
    private string? _fault;
    private bool _isStoreAway;

    public KeyHandler(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessKeys keys, IOptions<PortalAccessOptions> access)
        : base(options, logger, encoder)
    {
        _keys = keys;
        _access = access;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            return await JudgeAsync();
        }
        catch (StoreUnavailableException problem)
        {
            // nobody is let in unseen, and nobody is told that a good key is wrong
            _isStoreAway = true;
            return AuthenticateResult.Fail(problem);
        }
    }

    private async Task<AuthenticateResult> JudgeAsync()
    {
        // a key is judged even where none would be needed: who shows a wrong one is told so
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Request.Headers.Authorization.Count == 0 && _access.Value.OpenOnLoopback && LoopbackCaller.IsBehind(Context) && !await _keys.AnyAsync(Context.RequestAborted)
                ? AuthenticateResult.Success(new AuthenticationTicket(LoopbackCaller.Principal(), Scheme.Name))
                : AuthenticateResult.NoResult();
        }

        var (outcome, key) = await _keys.CheckAsync(header[Bearer.Length..].Trim(), Context.RequestAborted);
        if (outcome != KeyOutcome.Accepted || key is null)
        {
            _fault = outcome switch
            {
                KeyOutcome.Expired => "The access key has expired.",
                KeyOutcome.Revoked => "The access key was revoked.",
                _ => "The access key is unknown.",
            };
            return AuthenticateResult.Fail(_fault);
        }

        var identity = new ClaimsIdentity(PortalAccess.KeyScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, key.Id));
        identity.AddClaim(new Claim(ClaimTypes.Name, key.Name));
        foreach (var grant in key.Grants)
        {
            identity.AddClaim(new Claim(PortalAccess.GrantClaim, grant.ToString()));
        }

        if (key.ExpiresAt is { } end)
        {
            identity.AddClaim(new Claim(PortalAccess.ExpiryClaim, end.ToString("O", CultureInfo.InvariantCulture)));
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_isStoreAway)
        {
            Response.Headers.RetryAfter = "5";
            return RefuseAsync(StatusCodes.Status503ServiceUnavailable, "The store of the access keys does not answer now: send it again later.");
        }

        Response.Headers.WWWAuthenticate = _fault is null ? "Bearer realm=\"indicators\"" : "Bearer realm=\"indicators\", error=\"invalid_token\"";
        return RefuseAsync(StatusCodes.Status401Unauthorized, _fault ?? "An access key is needed: send it as 'Authorization: Bearer ic_...'.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        RefuseAsync(StatusCodes.Status403Forbidden, "The grants of this access key do not reach that far.");

    private Task RefuseAsync(int status, string detail)
    {
        Response.Headers.CacheControl = "no-store";
        return Results.Problem(detail, statusCode: status).ExecuteAsync(Context);
    }
}
