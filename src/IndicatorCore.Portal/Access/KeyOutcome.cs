namespace IndicatorCore.Portal.Access;

/// <summary>What becomes of a key that is shown.</summary>
public enum KeyOutcome
{
    /// <summary>It is none of the portal's keys.</summary>
    Unknown,

    /// <summary>Its grants hold.</summary>
    Accepted,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It was revoked.</summary>
    Revoked,
}
