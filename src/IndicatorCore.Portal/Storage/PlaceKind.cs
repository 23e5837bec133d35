namespace IndicatorCore.Portal.Storage;

/// <summary>What a <see cref="PlaceScope"/> names.</summary>
public enum PlaceKind
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>A province.</summary>
    Province,

    /// <summary>A city.</summary>
    City,

    /// <summary>A factory.</summary>
    Factory,
}
