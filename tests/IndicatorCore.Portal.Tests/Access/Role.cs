namespace IndicatorCore.Portal.Tests.Access;

/// <summary>Who asks. The subtree at hand is that of F002, a factory of 大连 in 辽宁.</summary>
public enum Role
{
    /// <summary>Without a key.</summary>
    None,

    /// <summary>With the id of one key and the secret of another.</summary>
    Wrong,

    /// <summary>With a key that has expired.</summary>
    Expired,

    /// <summary>With a key that was revoked.</summary>
    Revoked,

    /// <summary>Reads F002.</summary>
    Factory,

    /// <summary>Reads 大连.</summary>
    City,

    /// <summary>Reads 沈阳.</summary>
    ForeignCity,

    /// <summary>Reads 辽宁.</summary>
    Province,

    /// <summary>Reads 吉林, of which there is nothing.</summary>
    ForeignProvince,

    /// <summary>Reads everything.</summary>
    All,

    /// <summary>Uploads everything.</summary>
    Upload,

    /// <summary>Reads and uploads everything.</summary>
    Admin,
}
