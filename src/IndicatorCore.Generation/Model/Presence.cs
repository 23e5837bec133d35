namespace IndicatorCore.Generation.Model;

/// <summary>How reliably a device reports.</summary>
internal enum Presence
{
    /// <summary>Nearly every day.</summary>
    Steady,

    /// <summary>On about half of the days: networked under the basic profile, not under the sustained one.</summary>
    Flaky,

    /// <summary>Never seen.</summary>
    Silent,
}
