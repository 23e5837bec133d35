namespace IndicatorCore.Portal.Access;

/// <summary>What became of a key that was shown.</summary>
/// <param name="Outcome">Whether its grants hold.</param>
/// <param name="Key">The key; null where it is unknown.</param>
public readonly record struct KeyCheck(KeyOutcome Outcome, AccessKey? Key);
