namespace IndicatorCore.Portal.Access;

/// <summary>What a grant allows.</summary>
public enum GrantKind
{
    /// <summary>Reading what lies within the scope.</summary>
    Read,

    /// <summary>Uploading inputs; only grants of everything publish, for a publication is of the whole dataset.</summary>
    Upload,
}
