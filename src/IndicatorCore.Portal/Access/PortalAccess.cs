namespace IndicatorCore.Portal.Access;

/// <summary>Names that a host uses to plug in a scheme of its own: it authenticates as it likes and adds claims of the type <see cref="GrantClaim"/>.</summary>
public static class PortalAccess
{
    /// <summary>The scheme of access keys: <c>Authorization: Bearer ic_...</c>.</summary>
    public const string KeyScheme = "IndicatorKey";

    /// <summary>The type of the claims that grant something; their values are those of <see cref="Grant.ToString"/>, such as <c>read city:大连</c> or <c>upload all</c>.</summary>
    public const string GrantClaim = "indicators:grant";

    /// <summary>The type of the claim that says when a caller's grants end (RFC 3339); absent where they do not.</summary>
    public const string ExpiryClaim = "indicators:expires";

    /// <summary>The policy of whoever may read something. What may be read is <see cref="PortalCaller.ReadScopes"/>.</summary>
    public const string ReadPolicy = "portal.read";

    /// <summary>The policy of whoever may publish: uploads of everything.</summary>
    public const string UploadPolicy = "portal.upload";

    /// <summary>The policy of whoever may read everything and upload everything.</summary>
    public const string AdminPolicy = "portal.admin";
}
